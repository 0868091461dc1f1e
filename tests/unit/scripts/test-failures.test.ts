import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  failuresOfPlaywright,
  failuresOfVitest,
  wordFailures,
} from '../../../scripts/test-failures.mjs';

const one = { file: 'tests/a.test.ts', title: 'a thing does it', reason: 'Error: it did not' };

describe('the failures of a run', () => {
  it('are named by file, title and the first line of the error, as vitest reports them', () => {
    const report = {
      testResults: [
        {
          name: resolve('tests/a.test.ts'),
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'a thing is' },
            {
              status: 'failed',
              fullName: 'a thing does it',
              failureMessages: ['\u001b[31mError: it did not\u001b[39m\n    at line 3'],
            },
          ],
        },
        { name: resolve('tests/b.test.ts'), status: 'failed', message: 'SyntaxError: no' },
      ],
    };
    expect(failuresOfVitest(report)).toEqual([
      one,
      { file: 'tests/b.test.ts', title: '', reason: 'SyntaxError: no' },
    ]);
  });

  it('are named as Playwright reports them, what passed at a second try too', () => {
    const spec = (status: string) => ({
      title: 'does it',
      file: 'tests/a.test.ts',
      tests: [{ status, results: [{ error: { message: 'Error: it did not\n  here' } }, {}] }],
    });
    const report = {
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('expected')],
          suites: [{ title: 'a thing', specs: [spec('unexpected'), spec('flaky')] }],
        },
      ],
    };
    expect(failuresOfPlaywright(report)).toEqual([one, one]);
  });

  it('are none in a report that is missing or is something else', () => {
    fc.assert(
      fc.property(fc.anything(), (report) => {
        for (const read of [failuresOfVitest, failuresOfPlaywright]) {
          expect(Array.isArray(read(report))).toBe(true);
        }
      }),
    );
  });

  it('are worded a few lines each, twenty at most', () => {
    expect(wordFailures([])).toBe('');
    expect(wordFailures([one])).toBe(
      '  ✗ tests/a.test.ts › a thing does it\n      Error: it did not',
    );
    const words = wordFailures(Array.from({ length: 25 }, () => one));
    expect(words.split('✗')).toHaveLength(21);
    expect(words).toContain('… and 5 more');
  });
});
