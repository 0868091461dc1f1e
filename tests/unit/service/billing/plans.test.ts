import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodsEnd, trialEnd } from '../../../../service/billing/plans.ts';

const moment = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2080-01-01'), noInvalidDate: true })
  .map((date) => date.getTime());
const plan = fc.constantFrom('monthly' as const, 'yearly' as const);

function utc(iso: string): number {
  return Date.parse(`${iso}T10:00:00Z`);
}

describe('periods', () => {
  it('end on the last day of a month that lacks the day they began on, and come back to it', () => {
    const anchor = utc('2027-01-31');
    const ends = [1, 2, 3, 13].map((periods) => periodsEnd(anchor, 'monthly', periods));
    expect(ends).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2028-02-29'].map(utc));
    expect(periodsEnd(utc('2028-02-29'), 'yearly', 1)).toBe(utc('2029-02-28'));
    expect(periodsEnd(utc('2028-02-29'), 'yearly', 4)).toBe(utc('2032-02-29'));
  });

  it('follow each other, each within what its plan names', () => {
    fc.assert(
      fc.property(moment, plan, fc.integer({ min: 0, max: 300 }), (anchor, chosen, periods) => {
        const days =
          (periodsEnd(anchor, chosen, periods + 1) - periodsEnd(anchor, chosen, periods)) /
          86_400_000;
        expect(days).toBeGreaterThanOrEqual(chosen === 'monthly' ? 28 : 365);
        expect(days).toBeLessThanOrEqual(chosen === 'monthly' ? 31 : 366);
      }),
    );
  });

  it('begin with a trial of fourteen days', () => {
    expect(trialEnd(utc('2027-02-20'))).toBe(utc('2027-03-06'));
  });
});
