import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildApp } from './app-build.mjs';
import { openDesktopSession } from './desktop-session.mjs';
import { nodeTool } from './node-tool.mjs';
import { openPostgresServer } from './postgres-server.mjs';
import { inProject, readJson } from './project.mjs';
import { isRoot } from './root-rights.mjs';
import { runOnTerminal, runQuietly } from './run-command.mjs';
import { canSandbox } from './sandbox.mjs';
import { failuresOfPlaywright, failuresOfVitest } from './test-failures.mjs';
import { NO_TESTS, countPlaywright, countVitest, settleCounts } from './test-counts.mjs';

/** Debian's `nobody`. */
const ORDINARY_USER = { uid: 65_534, gid: 65_534 };
const reports = inProject('.build', 'reports');

/**
 * @typedef {import('./test-counts.mjs').Counts} Counts
 * @typedef {import('./test-failures.mjs').Failure} Failure
 * @typedef {{ electron: string, env: NodeJS.ProcessEnv }} World env holds a display, a session bus
 *   and, on Linux, the sound server that tests listen to
 * @typedef {{ counts: Counts, note?: string, failures?: readonly Failure[] }} Outcome
 * @typedef {{ name: string, needs?: string, run: (world: World) => Promise<Outcome> }} Step needs
 *   names the step without whose success this one would test something old
 */

/** Everything `npm test` runs, in order. @type {readonly Step[]} */
export const testSteps = [
  check('types', 'typescript', 'tsc', '-b'),
  check('lint', 'eslint', 'eslint', '.'),
  check('format', 'prettier', 'prettier', '--check', '--log-level=warn', '.'),
  { name: 'unit', run: runVitest },
  { name: 'build', run: async () => settleCheck(await buildApp({ release: false })) },
  { name: 'release', needs: 'build', run: runReleaseCheck },
  { name: 'e2e', needs: 'build', run: ({ env }) => runPlaywright('e2e', { env }) },
  { name: 'sandbox', needs: 'build', run: runSandboxed },
];

/**
 * @param {string} name
 * @param {string} packageName
 * @param {string} tool
 * @param {string[]} args
 * @returns {Step}
 */
function check(name, packageName, tool, ...args) {
  const run = async () => {
    const command = nodeTool(packageName, tool, ...args);
    return settleCheck(await runOnTerminal(command, { cwd: inProject() }));
  };
  return { name, run };
}

/** Whether the release build is free of what testers use. */
async function runReleaseCheck() {
  const command = /** @type {const} */ ([
    process.execPath,
    inProject('scripts', 'check-release.mjs'),
  ]);
  return settleCheck(await runOnTerminal(command, { cwd: inProject() }));
}

/** @param {number} exitCode */
function settleCheck(exitCode) {
  return { counts: { ...NO_TESTS, [exitCode === 0 ? 'passed' : 'failed']: 1 } };
}

/**
 * @param {World} world
 * @returns {Promise<Outcome>}
 */
async function runVitest({ env }) {
  const report = join(reports, 'vitest.json');
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = nodeTool('vitest', 'vitest', 'run', ...reporters);
  const postgres = await openPostgresServer(env);
  try {
    const exitCode = await runOnTerminal(command, { env: postgres.env, cwd: inProject() });
    const told = readJson(report);
    return {
      counts: settleCounts(exitCode, countVitest(told)),
      failures: failuresOfVitest(told),
    };
  } finally {
    await postgres.close();
  }
}

/**
 * @param {string} name of the report
 * @param {import('./run-command.mjs').Circumstances} circumstances
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function runPlaywright(name, circumstances, ...args) {
  const report = join(circumstances.env?.['REFRAIN_TEST_REPORTS'] ?? reports, `${name}.json`);
  await rm(report, { force: true });
  const command = nodeTool(
    '@playwright/test',
    'playwright',
    'test',
    '--reporter=list,json',
    ...args,
  );
  const env = { ...circumstances.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const exitCode = await runOnTerminal(command, { ...circumstances, env, cwd: inProject() });
  const told = readJson(report);
  return {
    counts: settleCounts(exitCode, countPlaywright(told)),
    failures: failuresOfPlaywright(told),
  };
}

/**
 * As root, Electron runs without its sandbox. What matters of it is tried again as an ordinary user,
 * where the renderers are shut in for real.
 * @param {World} world
 * @returns {Promise<Outcome>}
 */
async function runSandboxed({ electron, env }) {
  if (process.platform !== 'linux' || !isRoot()) {
    return { counts: NO_TESTS, note: 'not needed: the end-to-end tests ran in the sandbox' };
  }
  const obstacle = await findObstacle(electron);
  if (obstacle !== undefined) return { counts: { ...NO_TESTS, skipped: 1 }, note: obstacle };
  const home = await mkdtemp(join(tmpdir(), 'refrain-user-'));
  await chown(home, ORDINARY_USER.uid, ORDINARY_USER.gid);
  const userEnv = {
    ...env,
    // The display and the bus of root are not for this user: it gets its own.
    DISPLAY: undefined,
    DBUS_SESSION_BUS_ADDRESS: undefined,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    TMPDIR: home,
  };
  const session = await openDesktopSession({ ...ORDINARY_USER, env: userEnv });
  try {
    const circumstances = { ...ORDINARY_USER, env: { ...session.env, REFRAIN_TEST_REPORTS: home } };
    return await runPlaywright(
      'sandbox',
      circumstances,
      '--grep=@sandbox',
      `--output=${home}/results`,
    );
  } finally {
    await session.close();
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * @param {string} electron
 * @returns {Promise<string | undefined>} why an ordinary user can't run the tests here, if so
 */
async function findObstacle(electron) {
  for (const path of [process.execPath, electron, inProject('out', 'main', 'main.js')]) {
    const readable = await runQuietly(['test', '-r', path], { ...ORDINARY_USER, cwd: '/' });
    if (readable.code !== 0) return `skipped: an ordinary user can't read ${path}`;
  }
  const helper = join(dirname(electron), 'chrome-sandbox');
  if (await canSandbox({ ...ORDINARY_USER, cwd: '/' }, helper)) return undefined;
  return 'skipped: this system denies ordinary users the namespaces that the sandbox is made of';
}
