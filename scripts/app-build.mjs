import { nodeTool } from './node-tool.mjs';
import { inProject } from './project.mjs';
import { runOnTerminal } from './run-command.mjs';

/**
 * Builds the app into out/.
 * @param {{ release: boolean, stdout?: 'stdout' | 'stderr' }} kind release leaves out what only QA
 *   may use; stdout says where the builder's words go
 * @returns {Promise<number>} the exit code
 */
export function buildApp({ release, stdout = 'stdout' }) {
  const command = nodeTool('electron-vite', 'electron-vite', 'build');
  const env = { ...process.env, REFRAIN_RELEASE: release ? '1' : '' };
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'];
  return runOnTerminal(command, { env, cwd: inProject(), stdio });
}
