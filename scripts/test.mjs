// npm test: sets up what is missing and runs every check there is. `npm test -- --only unit,lint`
// runs some of them.
import './node-version.mjs';
import { parseArgs } from 'node:util';
import { lacksDisplay, openDesktopSession } from './desktop-session.mjs';
import { SetUpError, runScript } from './project.mjs';
import { say, setUp } from './set-up.mjs';
import { openSoundServer } from './sound-server.mjs';
import { wordFailures } from './test-failures.mjs';
import { NO_TESTS, addCounts, wordCounts } from './test-counts.mjs';
import { testSteps } from './test-steps.mjs';

const SOUND_USES = /** @type {const} */ (['sound', 'controls']);

/** @typedef {import('./test-steps.mjs').Outcome & { name: string, seconds: number }} Result */

await runScript(async () => {
  const chosen = chooseSteps(parseArgs({ options: { only: { type: 'string' } } }).values.only);
  const hasSoundServer = process.platform === 'linux';
  const electron = await setUp(['service', ...(hasSoundServer ? SOUND_USES : [])]);
  if (lacksDisplay()) say('No display here: the tests use a virtual one (Xvfb).');
  const desktop = await openDesktopSession({ env: process.env });
  const sound = hasSoundServer ? await openSoundServer(desktop.env) : undefined;
  try {
    return summarize(await runSteps(chosen, { electron, env: sound?.env ?? desktop.env }));
  } finally {
    await sound?.close();
    await desktop.close();
  }
});

/** @param {string | undefined} only names with commas between */
function chooseSteps(only) {
  if (only === undefined) return testSteps;
  const names = only.split(',');
  const unknown = names.find((name) => !testSteps.some((step) => step.name === name));
  if (unknown !== undefined) {
    const known = testSteps.map((step) => step.name).join(', ');
    throw new SetUpError(`There is no step "${unknown}". Steps: ${known}`);
  }
  return testSteps.filter((step) => names.includes(step.name));
}

/**
 * Runs them all, whatever fails, so that one run shows everything.
 * @param {readonly import('./test-steps.mjs').Step[]} steps
 * @param {import('./test-steps.mjs').World} world
 */
async function runSteps(steps, world) {
  /** @type {Result[]} */
  const results = [];
  for (const { name, needs, run } of steps) {
    console.log(`\n── ${name}`);
    const start = Date.now();
    const hasWhatItNeeds = !results.some((past) => past.name === needs && past.counts.failed > 0);
    const outcome = hasWhatItNeeds
      ? await run(world)
      : { counts: { ...NO_TESTS, failed: 1 }, note: `not run: it needs ${needs}` };
    results.push({ ...outcome, name, seconds: (Date.now() - start) / 1_000 });
  }
  return results;
}

/**
 * @param {readonly Result[]} results
 * @returns {number} the exit code
 */
function summarize(results) {
  console.log('');
  for (const { name, counts, failures } of results) {
    const named = wordFailures(failures ?? []);
    if (named !== '') console.log(`${name}:\n${named}\n`);
    else if (counts.failed > 0) console.log(`${name}: failed, see above\n`);
  }
  for (const { name, counts, seconds, note } of results) {
    const verdict = counts.failed > 0 ? 'FAILED' : 'passed';
    const details = note ?? wordCounts(counts);
    console.log(`${name.padEnd(8)} ${verdict} ${seconds.toFixed(1).padStart(6)} s  ${details}`);
  }
  const total = addCounts(results.map((result) => result.counts));
  console.log(`\n${wordCounts(total)}`);
  return total.failed > 0 ? 1 : 0;
}
