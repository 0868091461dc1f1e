import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startInBackground } from './background-server.mjs';
import { SetUpError } from './project.mjs';
import { isRoot } from './root-rights.mjs';
import { runQuietly } from './run-command.mjs';

const OLDEST_VERSION = 15;
const LONGEST_START_MS = 30_000;
/** Postgres refuses root; then Debian's `nobody` runs it. */
const ORDINARY_USER = { uid: 65_534, gid: 65_534 };
/** What a database for tests does without: it need not outlive a power cut. */
const CARELESS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts a Postgres of our own in a temporary folder, with no port: it is reached by a socket in
 * that folder, which only its user and root may enter.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ durable?: boolean }} [options] durable: as safe, and as slow, as Postgres comes
 * @returns {Promise<{ env: NodeJS.ProcessEnv, close: () => Promise<void> }>} env, and in it
 *   REFRAIN_TEST_POSTGRES; a server that is named there already is used
 */
export async function openPostgresServer(env, { durable = false } = {}) {
  if (env['REFRAIN_TEST_POSTGRES']) return { env, close: () => Promise.resolve() };
  const programs = await findPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'refrain-postgres-'));
  const user = isRoot() ? ORDINARY_USER : {};
  if (isRoot()) await chown(folder, ORDINARY_USER.uid, ORDINARY_USER.gid);
  const circumstances = { ...user, cwd: folder };
  const data = join(folder, 'data');
  const remove = () => rm(folder, { recursive: true, force: true });
  const made = await runQuietly(
    [
      join(programs, 'initdb'),
      '-D',
      data,
      '-U',
      'refrain',
      ...'-A trust -N -E UTF8 --locale=C'.split(' '),
    ],
    circumstances,
  );
  if (made.code !== 0) {
    await remove();
    throw new SetUpError(`Postgres could not make its folder for the tests:\n${made.output}`);
  }
  const settings = [`unix_socket_directories=${folder}`, 'listen_addresses='];
  if (!durable) settings.push(...CARELESS);
  const server = startInBackground(
    [join(programs, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    circumstances,
  );
  const close = async () => {
    // Fast: plain termination waits for whoever is still connected.
    server.child.kill('SIGINT');
    await server.ended;
    await remove();
  };
  if (!(await isReady(join(programs, 'pg_isready'), folder))) {
    await close();
    throw new SetUpError('The Postgres for the tests did not start.');
  }
  const url = `postgres://refrain@localhost/postgres?host=${encodeURIComponent(folder)}`;
  return { env: { ...env, REFRAIN_TEST_POSTGRES: url }, close };
}

/** Debian keeps them off the PATH, a folder for each version. */
async function findPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newest = Math.max(...versions.map(Number).filter((version) => version >= OLDEST_VERSION));
  if (Number.isFinite(newest)) return join(debian, String(newest), 'bin');
  const { code, output } = await runQuietly(['pg_config', '--bindir']);
  if (code === 0) return output.trim();
  throw new SetUpError(
    `The tests of the account service need Postgres ${OLDEST_VERSION} or newer: install it, or name ` +
      'one by REFRAIN_TEST_POSTGRES=postgres://USER:PASSWORD@HOST/postgres',
  );
}

/**
 * @param {string} program
 * @param {string} folder
 */
async function isReady(program, folder) {
  for (const latest = Date.now() + LONGEST_START_MS; Date.now() < latest;) {
    const { code } = await runQuietly([program, '-q', '-h', folder]);
    if (code === 0) return true;
    await wait(50);
  }
  return false;
}
