import { SetUpError, inProject, readJson } from './project.mjs';

/**
 * The command that runs a tool of an installed npm package, the same on every system.
 * @param {string} packageName
 * @param {string} tool as the package's `bin` names it
 * @param {string[]} args
 * @returns {import('./run-command.mjs').Command}
 */
export function nodeTool(packageName, tool, ...args) {
  const described = /** @type {{ bin?: string | Record<string, string> } | undefined} */ (
    readJson(inProject('node_modules', packageName, 'package.json'))
  );
  const script = typeof described?.bin === 'string' ? described.bin : described?.bin?.[tool];
  if (script === undefined) throw new SetUpError(`${packageName} is not installed: run npm ci.`);
  return [process.execPath, inProject('node_modules', packageName, script), ...args];
}
