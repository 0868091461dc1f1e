import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from './background-server.mjs';

/** Large enough for every layout, and for screenshots at the size of a laptop's screen. */
const SCREEN = '1600x1000x24';

/** Whether the player would find no display to open its window on. */
export function lacksDisplay(env = process.env) {
  return process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'];
}

/**
 * Provides what a desktop would: a display and a session bus, each only when it is missing.
 * @param {import('./run-command.mjs').Circumstances & { env: NodeJS.ProcessEnv }} circumstances
 *   of the programs that will use the session; the servers run in the same
 * @returns {Promise<{ env: NodeJS.ProcessEnv, close: () => Promise<void> }>} the environment to run
 *   programs in
 */
export async function openDesktopSession(circumstances) {
  const env = { ...circumstances.env };
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  const close = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    if (lacksDisplay(env)) {
      const screen = ['-screen', '0', SCREEN, '-nolisten', 'tcp', '-displayfd', '3'];
      const display = await startServer(['Xvfb', ...screen], circumstances);
      stops.push(display.stop);
      env['DISPLAY'] = `:${display.address}`;
    }
    if (lacksSessionBus(env)) {
      const bus = await startServer(['dbus-daemon', '--session', '--nofork', '--print-address=3'], {
        ...circumstances,
        env,
      });
      stops.push(bus.stop);
      env['DBUS_SESSION_BUS_ADDRESS'] = bus.address;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { env, close };
}

/** @param {NodeJS.ProcessEnv} env */
function lacksSessionBus(env) {
  if (process.platform !== 'linux' || env['DBUS_SESSION_BUS_ADDRESS']) return false;
  const folder = env['XDG_RUNTIME_DIR'];
  return !folder || !existsSync(join(folder, 'bus'));
}
