import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBeaconAddresses } from '../../../../service/ads/beacon-address.ts';
import { type Earlier, judgeBeacon } from '../../../../service/ads/judge-beacon.ts';
import type { BeaconEvent } from '../../../../service/api/ads.ts';

const issuedAt = 1_800_000_000;
const serving = { id: randomUUID(), campaignId: 'a', creativeId: 'b', issuedAt, seconds: 20 };

/** @param age seconds since the decision */
function judge(event: BeaconEvent, heardSeconds: number, age: number, earlier: readonly Earlier[]) {
  return judgeBeacon(serving, event, { heardSeconds }, earlier, (issuedAt + age) * 1000);
}

describe('a beacon', () => {
  it('counts with all others of an ad that was heard to its end, in whatever order they come', () => {
    const heard: readonly (readonly [BeaconEvent, number])[] = [
      ['impression', 0],
      ['start', 0],
      ['creativeView', 0],
      ['firstQuartile', 5],
      ['pause', 7],
      ['resume', 7],
      ['midpoint', 10],
      ['thirdQuartile', 15],
      ['complete', 20],
      ['clickThrough', 20],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...heard], { minLength: 1 }), (arriving) => {
        const counted: Earlier[] = [];
        for (const [event, heardSeconds] of arriving) {
          expect(judge(event, heardSeconds, 60, counted)).toBe(null);
          counted.push({ event, heardSeconds });
        }
      }),
    );
  });

  it('is refused when it states more than can be, or comes after a week', () => {
    expect(judge('complete', 30, 60, [])).toBe('longer_than_ad');
    expect(judge('complete', 20, 10, [])).toBe('longer_than_time');
    expect(judge('midpoint', 3, 60, [])).toBe('not_heard');
    expect(judge('complete', 20, 7 * 86_400 + 1, [])).toBe('too_old');
  });

  it('is refused when it contradicts what was counted', () => {
    expect(judge('impression', 0, 60, [{ event: 'notUsed', heardSeconds: 0 }])).toBe(
      'contradiction',
    );
    expect(judge('notUsed', 0, 60, [{ event: 'start', heardSeconds: 0 }])).toBe('contradiction');
    expect(judge('complete', 20, 60, [{ event: 'skip', heardSeconds: 6 }])).toBe('contradiction');
    expect(judge('midpoint', 18, 60, [{ event: 'thirdQuartile', heardSeconds: 15 }])).toBe(
      'out_of_order',
    );
  });
});

describe('the address of a beacon', () => {
  const addresses = createBeaconAddresses(new Uint8Array(32).fill(1), () => 'https://ads.example');
  const address = new URL(addresses.of(serving, 'start'));
  const signature = address.searchParams.get('sig') ?? '';

  it('tells the service what it signed, in any of its processes', () => {
    const other = createBeaconAddresses(new Uint8Array(32).fill(1), () => 'https://other.example');
    expect(address.pathname).toBe(`/v1/beacons/${serving.id}/start`);
    expect(other.check(serving.id, signature)).toEqual(serving);
  });

  it('is refused when a character of it is another, or it is of another serving or key', () => {
    expect(addresses.check(randomUUID(), signature)).toBe(null);
    const foreign = createBeaconAddresses(new Uint8Array(32).fill(2), () => '');
    expect(foreign.check(serving.id, signature)).toBe(null);
    fc.assert(
      fc.property(
        fc.nat(signature.length - 1),
        fc.constantFrom('A', 'z', '0', '9', '-', '_', '.'),
        (at, mark) => {
          const altered = signature.slice(0, at) + mark + signature.slice(at + 1);
          // The last character of base64url holds bits that stand for nothing.
          fc.pre(altered !== signature && at < signature.length - 1);
          expect(addresses.check(serving.id, altered)).toBe(null);
        },
      ),
    );
  });

  it('is refused, and throws nothing, whatever stands in its place', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(addresses.check(serving.id, text)).toBe(null);
      }),
    );
  });
});
