import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  STAND_IN_VERSION,
  canStandIn,
  installStandIn,
  isStandInInstalled,
} from './electron-stand-in.mjs';
import { SetUpError, cacheFolder, inProject, readJson } from './project.mjs';
import { runQuietly } from './run-command.mjs';

/** How long the download may stand still; a network that drops packets gives no other sign. */
const LONGEST_STALL_MS = 8_000;
const HOUR_MS = 3_600_000;
/** How long a failed download is not tried again where there is a stand-in. */
const RETRY_AFTER_MS = 24 * HOUR_MS;

const electronPackage = inProject('node_modules', 'electron');
const dist = join(electronPackage, 'dist');

/**
 * Makes node_modules/electron complete: with the official binary where it can be fetched, else with
 * the stand-in (see electron-stand-in.mjs).
 * @param {(line: string) => void} say
 * @returns {Promise<string>} the path of the executable
 */
export async function installElectronRuntime(say) {
  const version = wantedVersion();
  if ((await installedVersion()) === version) return executablePath();
  const failureNote = join(cacheFolder(), 'official-electron-unreachable.json');
  const mayTry = !canStandIn() || isWorthTrying(readJson(failureNote), version, Date.now());
  if (mayTry) {
    say(`Fetching Electron ${version} …`);
    const problem = await installOfficial(version);
    if (problem === undefined) return executablePath();
    if (!canStandIn()) throw new SetUpError(`Electron ${version} could not be fetched: ${problem}`);
    say(`Electron ${version} can't be fetched here (${problem}); tried again in a day.`);
    await mkdir(cacheFolder(), { recursive: true });
    await writeFile(failureNote, JSON.stringify({ version, at: Date.now() }));
  }
  if (!(await isStandInInstalled(dist))) {
    await installStandIn(dist, cacheFolder(), say);
    await writeFile(join(electronPackage, 'path.txt'), 'electron');
    say(
      `Electron ${STAND_IN_VERSION} stands in for ${version}: good for development, never shipped.`,
    );
  }
  return executablePath();
}

/**
 * @param {unknown} note what the last failed download left: `{ version, at }`, `at` in ms since 1970
 * @param {string} version
 * @param {number} now in ms since 1970
 */
export function isWorthTrying(note, version, now) {
  const failure = /** @type {{ version?: unknown, at?: unknown } | undefined} */ (note);
  if (failure?.version !== version || typeof failure.at !== 'number') return true;
  return now - failure.at >= RETRY_AFTER_MS || failure.at > now;
}

/**
 * The Electron that package.json asks for.
 * @throws {SetUpError} when the npm packages aren't installed
 */
export function wantedVersion() {
  const described = /** @type {{ version?: string } | undefined} */ (
    readJson(join(electronPackage, 'package.json'))
  );
  if (described?.version === undefined)
    throw new SetUpError('node_modules/electron is missing: run npm ci.');
  return described.version;
}

/** @returns {Promise<string | undefined>} what node_modules/electron/dist holds, as in `33.2.1` */
export async function installedVersion() {
  const text = await readFile(join(dist, 'version'), 'utf8').catch(() => undefined);
  return text?.trim().replace(/^v/, '');
}

/** @returns {Promise<string>} */
async function executablePath() {
  return join(dist, await readFile(join(electronPackage, 'path.txt'), 'utf8'));
}

/**
 * @param {string} version
 * @returns {Promise<string | undefined>} what went wrong, if anything
 */
async function installOfficial(version) {
  try {
    await downloadOfficial(version);
  } catch (error) {
    return describe(error);
  }
  // A folder of another version is not unpacked over: files of both would be mixed.
  await rm(dist, { recursive: true, force: true });
  const unpacked = await runQuietly([process.execPath, join(electronPackage, 'install.js')]);
  return unpacked.code === 0 ? undefined : unpacked.output.trim();
}

/**
 * Fetches the archive into the cache that Electron's own installer looks into, with the library and
 * the mirror settings it uses, but giving up when nothing moves.
 * @param {string} version
 */
async function downloadOfficial(version) {
  const requireFromElectron = createRequire(join(electronPackage, 'install.js'));
  const getPath = requireFromElectron.resolve('@electron/get');
  /** @type {unknown} */
  const imported = await import(pathToFileURL(getPath).href);
  const { downloadArtifact } = /** @type {typeof import('@electron/get')} */ (imported);
  const checksums = /** @type {Record<string, string>} */ (
    readJson(join(electronPackage, 'checksums.json'))
  );
  const cacheRoot = process.env['electron_config_cache'];
  const stalled = new AbortController();
  const watchdog = setTimeout(() => stalled.abort(), LONGEST_STALL_MS);
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums,
      ...(cacheRoot === undefined ? {} : { cacheRoot }),
      downloadOptions: { signal: stalled.signal, getProgressCallback: () => watchdog.refresh() },
    });
  } finally {
    clearTimeout(watchdog);
  }
}

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return 'the download stood still';
  const cause = error.cause;
  return cause instanceof Error ? cause.message : error.message;
}
