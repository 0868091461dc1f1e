import { nodeTool } from './node-tool.mjs';
import { inProject } from './project.mjs';
import { runOnTerminal } from './run-command.mjs';

/** @type {Readonly<Record<string, 'inherit' | 'ignore' | 2>>} */
const outputs = { stdout: 'inherit', stderr: 2, ignore: 'ignore' };

/**
 * Builds the app.
 * @param {{ release: boolean, stdout?: 'stdout' | 'stderr' | 'ignore', folder?: string }} kind
 *   release leaves out what only QA may use; stdout says where the builder's words go, folder
 *   where in the checkout the build goes
 * @returns {Promise<number>} the exit code
 */
export function buildApp({ release, stdout = 'stdout', folder = 'out' }) {
  const command = nodeTool('electron-vite', 'electron-vite', 'build');
  const env = { ...process.env, REFRAIN_RELEASE: release ? '1' : '', REFRAIN_OUT: folder };
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['inherit', outputs[stdout], stdout === 'ignore' ? 'ignore' : 'inherit'];
  return runOnTerminal(command, { env, cwd: inProject(), stdio });
}
