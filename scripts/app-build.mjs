import { nodeTool } from './node-tool.mjs';
import { inProject } from './project.mjs';
import { runOnTerminal } from './run-command.mjs';

/**
 * Builds the app into out/.
 * @param {{ release: boolean }} kind release leaves out what only QA may use
 * @returns {Promise<number>} the exit code
 */
export function buildApp({ release }) {
  const command = nodeTool('electron-vite', 'electron-vite', 'build');
  const env = { ...process.env, REFRAIN_RELEASE: release ? '1' : '' };
  return runOnTerminal(command, { env, cwd: inProject() });
}
