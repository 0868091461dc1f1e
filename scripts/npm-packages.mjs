import { existsSync, statSync } from 'node:fs';
import { SetUpError, inProject, readJson } from './project.mjs';
import { runOnTerminal } from './run-command.mjs';

/**
 * Installs the npm packages unless node_modules already holds what package-lock.json names.
 * @param {(line: string) => void} say
 */
export async function installNpmPackages(say) {
  const reason = findStaleness(
    readJson(inProject('package-lock.json')),
    readJson(inProject('node_modules', '.package-lock.json')),
  );
  if (reason === undefined) return;
  say(`Installing the npm packages (${reason}) …`);
  const install = npmCommand('ci', '--no-fund', '--no-audit', '--loglevel=error');
  const code = await runOnTerminal(install, { cwd: inProject() });
  if (code !== 0) throw new SetUpError(`npm ci failed with exit code ${code}.`);
}

/**
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 */

/**
 * Compares the wanted lockfile with npm's own record of what it installed. Optional packages of
 * other systems are rightly absent.
 * @param {unknown} wantedJson package-lock.json
 * @param {unknown} installedJson node_modules/.package-lock.json
 * @returns {string | undefined} why an install is needed
 */
export function findStaleness(wantedJson, installedJson) {
  const wanted = /** @type {Lockfile | undefined} */ (wantedJson)?.packages ?? {};
  const installed = /** @type {Lockfile | undefined} */ (installedJson)?.packages;
  if (installed === undefined) return 'node_modules is missing';
  for (const [path, { version, integrity, optional }] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined && optional === true) continue;
    if (found?.version !== version || found?.integrity !== integrity) {
      return `${path.replace('node_modules/', '')} is not the one in package-lock.json`;
    }
  }
  return undefined;
}

/**
 * npm as this very run was started with it, else the one on the path. On Windows npm is a batch
 * file, which Node refuses to start directly: its script is run instead.
 * @param {string[]} args
 * @returns {import('./run-command.mjs').Command}
 */
export function npmCommand(...args) {
  const script = process.env['npm_execpath'];
  if (script !== undefined && existsSync(script) && statSync(script).isFile()) {
    return [process.execPath, script, ...args];
  }
  return ['npm', ...args];
}
