import { installDebianPackages } from './debian-packages.mjs';
import { lacksDisplay } from './desktop-session.mjs';
import { installElectronRuntime } from './electron-runtime.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { allowSandbox } from './sandbox.mjs';

/**
 * Makes a fresh clone ready to run. What is there already is left alone.
 * @param {readonly import('./debian-packages.mjs').Use[]} [uses] of this machine, besides opening the
 *   player
 * @returns {Promise<string>} the path of the Electron executable
 */
export async function setUp(uses = []) {
  const display = lacksDisplay() ? /** @type {const} */ (['display']) : [];
  await installDebianPackages(['electron', ...display, ...uses], say);
  await installNpmPackages(say);
  const electron = await installElectronRuntime(say);
  await allowSandbox(electron, say);
  return electron;
}

/** @param {string} line */
export function say(line) {
  console.log(`[set-up] ${line}`);
}
