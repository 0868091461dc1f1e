import { SetUpError } from './project.mjs';
import { asRoot } from './root-rights.mjs';
import { runQuietly } from './run-command.mjs';

/**
 * A need, met by any of these packages; the first that the release knows is installed. Names that
 * end in t64 are those of Debian 13 and Ubuntu 24.04 on.
 * @typedef {readonly [string, ...string[]]} Need
 */

/**
 * What each use of this machine needs. One without a display rarely has a session bus, or fonts for
 * every script.
 * @satisfies {Record<string, readonly Need[]>}
 */
const NEEDS = {
  electron: [
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libnss3'],
    ['libasound2', 'libasound2t64'],
    ['libgbm1'],
    ['libsecret-1-0'],
    ['xdg-utils'],
  ],
  display: [['xvfb'], ['dbus-daemon', 'dbus'], ['fonts-noto-color-emoji'], ['fonts-noto-cjk']],
  sound: [['pulseaudio'], ['pulseaudio-utils']],
  /** What tests talk to the player with, and what it tells of new songs with. */
  controls: [['dbus-daemon', 'dbus'], ['playerctl'], ['libnotify4']],
  /** The database of the account service. */
  service: [['postgresql']],
  packing: [['p7zip-full', '7zip']],
};

/** @typedef {keyof typeof NEEDS} Use */

/**
 * Installs the Debian packages that are missing, or says what to run where it may not.
 * @param {readonly Use[]} uses
 * @param {(line: string) => void} say
 */
export async function installDebianPackages(uses, say) {
  if (process.platform !== 'linux') return;
  const needs = uses.flatMap((use) => /** @type {Need[]} */ (NEEDS[use]));
  const listed = await runQuietly(['dpkg-query', '-W', '-f', '${Package} ${db:Status-Status}\\n']);
  if (listed.code !== 0) {
    say(`Not a Debian system: make sure it has what these Debian packages hold: ${names(needs)}`);
    return;
  }
  const missing = findMissing(needs, listed.output);
  if (missing.length === 0) return;
  say(`Missing Debian packages: ${names(missing)}`);
  await runAsRoot(['apt-get', 'update', '-qq'], missing);
  const known = await runQuietly(['apt-cache', 'policy', ...missing.flat()]);
  const chosen = choosePackages(missing, known.output);
  await runAsRoot(
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', '--no-remove', ...chosen],
    missing,
  );
  say(`Installed ${chosen.join(', ')}`);
}

/**
 * @param {readonly Need[]} needs
 * @param {string} installedList a line `NAME STATUS` for each package that dpkg knows
 */
export function findMissing(needs, installedList) {
  const installed = new Set();
  for (const line of installedList.split('\n')) {
    const [name, status] = line.split(' ');
    if (status === 'installed') installed.add(name);
  }
  return needs.filter((need) => !need.some((name) => installed.has(name)));
}

/**
 * Chooses a package for each need: the first that can be installed. Where none can, the first, so
 * that apt names it in its complaint.
 * @param {readonly Need[]} needs
 * @param {string} policy what `apt-cache policy NAME…` printed
 */
export function choosePackages(needs, policy) {
  const installable = new Set();
  for (const [, name, candidate] of policy.matchAll(/^(\S+):\n(?: .*\n)*? +Candidate: (.*)$/gm)) {
    if (candidate !== '(none)') installable.add(name);
  }
  return needs.map((need) => need.find((name) => installable.has(name)) ?? need[0]);
}

/**
 * @param {import('./run-command.mjs').Command} command
 * @param {readonly Need[]} missing
 */
async function runAsRoot(command, missing) {
  const allowed = await asRoot(command);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const ran = allowed && (await runQuietly(allowed, { env }));
  if (ran?.code === 0) return;
  throw new SetUpError(
    `${command.slice(0, 2).join(' ')} could not be run: ${ran?.output ?? 'it needs root'}\n` +
      'Run this once, then try again:\n' +
      `  apt-get update && apt-get install -y --no-install-recommends ${names(missing)}`,
  );
}

/** @param {readonly Need[]} needs */
function names(needs) {
  return needs.map(([first]) => first).join(' ');
}
