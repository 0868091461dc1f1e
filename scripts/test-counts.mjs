/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @type {Counts} */
export const NO_TESTS = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {unknown} report what vitest's json reporter wrote
 * @returns {Counts}
 */
export function countVitest(report) {
  const read = numbersOf(report);
  return {
    passed: read('numPassedTests'),
    failed: read('numFailedTests'),
    skipped: read('numPendingTests') + read('numTodoTests'),
  };
}

/**
 * @param {unknown} report what Playwright's json reporter wrote; a test that passed only when tried
 *   again counts as failed
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const read = numbersOf(/** @type {{ stats?: unknown } | undefined} */ (report)?.stats);
  return {
    passed: read('expected'),
    failed: read('unexpected') + read('flaky'),
    skipped: read('skipped'),
  };
}

/**
 * A step's last word: its tests as counted, but never passed when its exit code says otherwise or
 * when nothing ran.
 * @param {number} exitCode
 * @param {Counts} counts
 * @returns {Counts}
 */
export function settleCounts(exitCode, counts) {
  const isFailure = exitCode !== 0 || counts.passed + counts.failed + counts.skipped === 0;
  return isFailure && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {readonly Counts[]} all */
export function addCounts(all) {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    NO_TESTS,
  );
}

/** @param {Counts} counts */
export function wordCounts({ passed, failed, skipped }) {
  const words = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${words}, ${skipped} skipped` : words;
}

/**
 * @param {unknown} value
 * @returns {(key: string) => number} reads 0 where there is no count
 */
function numbersOf(value) {
  const record = /** @type {Record<string, unknown>} */ (
    typeof value === 'object' && value !== null ? value : {}
  );
  return (key) => {
    const number = record[key];
    return Number.isSafeInteger(number) ? Number(number) : 0;
  };
}
