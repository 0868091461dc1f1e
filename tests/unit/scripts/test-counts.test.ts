import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  countPlaywright,
  countVitest,
  settleCounts,
  wordCounts,
} from '../../../scripts/test-counts.mjs';

const number = fc.nat({ max: 5_000 });
const counts = fc.record({ passed: number, failed: number, skipped: number });

describe('countVitest', () => {
  it('reads the totals of the report', () => {
    const report = { numPassedTests: 12, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    expect(countVitest(report)).toEqual({ passed: 12, failed: 1, skipped: 3 });
  });
});

describe('countPlaywright', () => {
  it('counts a test that passed only at the second try as failed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } };
    expect(countPlaywright(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('counts nothing in a report that is missing or is something else', () => {
    fc.assert(
      fc.property(fc.anything(), (report) => {
        const { passed, failed, skipped } = countPlaywright(report);
        expect([passed, failed, skipped]).toEqual([0, 0, 0]);
      }),
    );
  });
});

describe('settleCounts', () => {
  it('never lets a step pass that ended with an error or ran nothing', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 128 }), (counted, exitCode) => {
        const ranNothing = counted.passed + counted.failed + counted.skipped === 0;
        const settled = settleCounts(exitCode, counted);
        expect(settled.failed > 0).toBe(exitCode !== 0 || ranNothing || counted.failed > 0);
        expect(settled.passed).toBe(counted.passed);
      }),
    );
  });
});

describe('wordCounts', () => {
  it('sums up in the line that ends a run', () => {
    const sum = addCounts([
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 40, failed: 0, skipped: 1 },
    ]);
    expect(wordCounts(sum)).toBe('43 passed, 0 failed, 1 skipped');
    expect(wordCounts({ ...sum, skipped: 0 })).toBe('43 passed, 0 failed');
  });
});
