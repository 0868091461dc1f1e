import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asRoot, isRoot } from './root-rights.mjs';
import { runOnTerminal, runQuietly } from './run-command.mjs';

/**
 * Chromium shuts its renderers in with user namespaces; where a system denies those to ordinary
 * users (Ubuntu 24.04 on, many containers) its helper has to belong to root.
 * @param {string} electron path of the executable
 * @param {(line: string) => void} say
 */
export async function allowSandbox(electron, say) {
  const helper = join(dirname(electron), 'chrome-sandbox');
  if (process.platform !== 'linux' || isRoot() || (await canSandbox({}, helper))) return;
  say("This system denies user namespaces: giving root Chromium's sandbox helper …");
  const command = /** @type {const} */ ([
    'sh',
    '-c',
    'chown root:root "$0" && chmod 4755 "$0"',
    helper,
  ]);
  const allowed = await asRoot(command);
  if (allowed === undefined || (await runOnTerminal(allowed)) !== 0) {
    say(
      `Refrain can't start before this is run:\n  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
    );
  }
}

/**
 * @param {import('./run-command.mjs').Circumstances} circumstances of the user who will run Electron
 * @param {string} helper path of chrome-sandbox
 */
export async function canSandbox(circumstances, helper) {
  const tried = await runQuietly(['unshare', '--user', '--map-root-user', 'true'], circumstances);
  if (tried.code === 0) return true;
  const { uid, mode } = await stat(helper);
  return uid === 0 && (mode & 0o4000) !== 0;
}

/** The switches that Electron needs on this machine: as root it has no sandbox to offer. */
export function sandboxSwitches() {
  return process.platform === 'linux' && isRoot() ? ['--no-sandbox'] : [];
}
