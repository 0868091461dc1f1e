import { runQuietly } from './run-command.mjs';

export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * @param {import('./run-command.mjs').Command} command
 * @returns {Promise<import('./run-command.mjs').Command | undefined>} the command as root may run
 *   it from here, with sudo where needed; undefined when this user can't become root
 */
export async function asRoot(command) {
  if (isRoot()) return command;
  const silently = await runQuietly(['sudo', '-n', 'true']);
  if (silently.code === 0) return ['sudo', '-n', ...command];
  const canAsk = silently.code !== 127 && process.stdin.isTTY;
  return canAsk ? ['sudo', ...command] : undefined;
}
