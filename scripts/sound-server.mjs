import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startInBackground } from './background-server.mjs';
import { SetUpError } from './project.mjs';

const SINK = 'out';
const RATE_HERTZ = 44_100;
const LONGEST_START_MS = 10_000;

/**
 * Starts a sound server of our own that plays into nothing, so that tests can hear what the player
 * plays (`parec -d $REFRAIN_TEST_SINK`) and nobody else does.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [place] a folder for its socket, where one server can follow another
 * @returns {Promise<{ env: NodeJS.ProcessEnv, close: () => Promise<void> }>} env, and in it
 *   PULSE_SERVER and REFRAIN_TEST_SINK
 */
export async function openSoundServer(env, place) {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-sound-'));
  // Tests that run as another user connect too.
  await chmod(folder, 0o755);
  const socket = join(place ?? folder, 'native');
  const ownFolders = { HOME: folder, XDG_RUNTIME_DIR: folder, XDG_CONFIG_HOME: folder };
  // One bus holds one sound server; nobody looks for ours there.
  const ownEnv = { ...env, ...ownFolders, DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
  const server = startInBackground(['pulseaudio', ...serverArguments(socket)], { env: ownEnv });
  const soundEnv = { ...env, PULSE_SERVER: `unix:${socket}`, REFRAIN_TEST_SINK: `${SINK}.monitor` };
  const isReady = await acceptsConnections(socket);
  // A null sink that nobody reads runs in blocks of seconds: this reader keeps it in step.
  const read = /** @type {const} */ (['parec', '-d', `${SINK}.monitor`, '--latency-msec=20']);
  const reader = isReady ? startInBackground(read, { env: soundEnv }) : undefined;
  const close = async () => {
    await reader?.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  if (!isReady) {
    await close();
    throw new SetUpError('The sound server for the tests (pulseaudio) did not start.');
  }
  return { env: soundEnv, close };
}

/**
 * @param {string} socket
 * @returns {string[]}
 */
function serverArguments(socket) {
  return [
    '-n',
    '--exit-idle-time=-1',
    '--use-pid-file=no',
    '--disable-shm=yes',
    '-L',
    `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
    '-L',
    `module-null-sink sink_name=${SINK} rate=${RATE_HERTZ}`,
  ];
}

/**
 * @param {string} socket
 * @returns {Promise<boolean>} false when nobody answered in time
 */
async function acceptsConnections(socket) {
  for (const latest = Date.now() + LONGEST_START_MS; Date.now() < latest;) {
    if (await answers(socket)) return true;
    await wait(50);
  }
  return false;
}

/**
 * @param {string} socket
 * @returns {Promise<boolean>}
 */
function answers(socket) {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.on('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });
}
