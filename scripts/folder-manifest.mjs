// A list of a folder's files kept inside it, by which damage to a cached copy is noticed.
import { createHash } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readJson } from './project.mjs';

/** The name of the list. */
export const MANIFEST = 'manifest.json';

/**
 * @typedef {object} Manifest
 * @property {string} id names what the folder was made from and how
 * @property {Record<string, { bytes: number, sha256: string }>} files by path inside the folder
 * @typedef {{ id?: string, files?: Record<string, Manifest['files'][string] | null> }} DoubtfulManifest
 */

/**
 * Lists what the folder holds now.
 * @param {string} folder
 * @param {string} id
 */
export async function writeManifest(folder, id) {
  /** @type {Manifest['files']} */
  const files = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = await stat(path);
    files[relative(folder, path)] = { bytes: size, sha256: await sha256(path) };
  }
  await writeFile(join(folder, MANIFEST), JSON.stringify({ id, files }, undefined, 1));
}

/**
 * Compares a folder with the manifest inside it.
 * @param {string} folder
 * @param {string} id
 * @param {'sizes' | 'contents'} depth sizes cost milliseconds, contents about a second
 * @returns {Promise<string | undefined>} what is wrong with it, if anything
 */
export async function findDamage(folder, id, depth) {
  const manifest = /** @type {DoubtfulManifest | undefined} */ (readJson(join(folder, MANIFEST)));
  if (!manifest?.files) return 'no manifest';
  if (manifest.id !== id) return 'made by another recipe';
  for (const [path, expected] of Object.entries(manifest.files)) {
    const bytes = await stat(join(folder, path)).then(
      (found) => found.size,
      () => undefined,
    );
    if (bytes === undefined || bytes !== expected?.bytes) return `${path} is missing or cut short`;
    if (depth === 'contents' && (await sha256(join(folder, path))) !== expected.sha256) {
      return `${path} has changed`;
    }
  }
  return undefined;
}

/** @param {string} path */
async function sha256(path) {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
