import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout's top folder. */
export const projectFolder = resolve(import.meta.dirname, '..');

/** @param {string[]} parts */
export function inProject(...parts) {
  return join(projectFolder, ...parts);
}

/** Where things live that outlast a checkout: downloads and the Electron made from them. */
export function cacheFolder() {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'refrain');
}

/**
 * @param {string} path
 * @returns {unknown} undefined when the file is missing or isn't JSON
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A failure that the reader can do something about: shown without a stack. */
export class SetUpError extends Error {}

/**
 * Runs a script's main function and turns what it throws into words and an exit code.
 * @param {() => Promise<number | void>} main answers the exit code, 0 when nothing
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
