import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillMacros, playhead } from '../../../../electron/ads/macros.ts';
import type { AdTracking, Beacon, SpotHappening } from '../../../../electron/ads/tracking.ts';
import { createTracker } from '../../../../electron/ads/tracking.ts';
import { beaconEvents } from '../../../../service/api/ads.ts';
import { openOutbox } from '../../../support/ads-rig.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');
const events = [
  ...beaconEvents,
  ...['viewUndetermined', 'verificationNotExecuted', 'companionView', 'companionClick'],
];
const template = (event: string): readonly string[] => [
  `https://ads.example/${event}?at=[ADPLAYHEAD]&code=[ERRORCODE]`,
];
const tracking: AdTracking = {
  serving: 'tea',
  addresses: Object.fromEntries(events.map((event) => [event, template(event)])),
  progress: [
    { offset: 50, unit: 'percent', addresses: template('half') },
    { offset: 3, unit: 'seconds', addresses: template('third') },
    { offset: 90, unit: 'seconds', addresses: template('never') },
  ],
  companionFault: null,
  macros: {},
};

describe('the beacons of a spot', () => {
  it('tell all that its servers asked for, in the order in which it happened', () => {
    const { tracker, told } = track();
    tracker.happened({ kind: 'impression' });
    tracker.happened({ kind: 'firstQuartile', heardSeconds: 2.5 });
    tracker.happened({ kind: 'pause', heardSeconds: 4 });
    tracker.happened({ kind: 'resume', heardSeconds: 4 });
    tracker.happened({ kind: 'midpoint', heardSeconds: 5 });
    tracker.happened({ kind: 'complete', heardSeconds: 10 });
    tracker.clicked();
    expect(told()).toEqual([
      'impression?at=00:00:00.000&code=-1',
      'viewUndetermined?at=00:00:00.000&code=-1',
      'creativeView?at=00:00:00.000&code=-1',
      'start?at=00:00:00.000&code=-1',
      'verificationNotExecuted?at=00:00:00.000&code=-1',
      'companionView?at=00:00:00.000&code=-1',
      'firstQuartile?at=00:00:02.500&code=-1',
      'third?at=00:00:03.000&code=-1',
      'pause?at=00:00:04.000&code=-1',
      'resume?at=00:00:04.000&code=-1',
      'half?at=00:00:05.000&code=-1',
      'midpoint?at=00:00:05.000&code=-1',
      'complete?at=00:00:10.000&code=-1',
      'clickThrough?at=00:00:10.000&code=-1',
      'companionClick?at=00:00:10.000&code=-1',
    ]);
  });

  it('tell a place when it is reached, whatever event says so', () => {
    const { tracker, told } = track();
    expect(tracker.tellAtSeconds).toEqual([3, 5, 90]);
    tracker.happened({ kind: 'impression' });
    const before = told().length;
    tracker.happened({ kind: 'placeReached', heardSeconds: 3.1 });
    tracker.happened({ kind: 'placeReached', heardSeconds: 3.1 });
    expect(told().slice(before)).toEqual(['third?at=00:00:03.000&code=-1']);
  });

  it('are one error with its code, or that it was not used', () => {
    const failed = track();
    failed.tracker.happened({ kind: 'error', code: 402 });
    failed.tracker.happened({ kind: 'notUsed' });
    expect(failed.told()).toEqual(['error?at=00:00:00.000&code=402']);
    const unused = track();
    unused.tracker.happened({ kind: 'notUsed' });
    unused.tracker.clicked();
    expect(unused.told()).toEqual(['notUsed?at=00:00:00.000&code=-1']);
    const stopped = track();
    stopped.tracker.happened({ kind: 'closeLinear', heardSeconds: 0 });
    expect(stopped.told()).toEqual(['notUsed?at=00:00:00.000&code=-1']);
  });

  it('are never the same twice, nor of sound that was not heard, whatever happens in whichever order', async () => {
    const { outbox, store } = await openOutbox({ service: null, reach: 'public' });
    let servings = 0;
    fc.assert(
      fc.property(fc.array(fc.array(happening(), { maxLength: 12 }), { maxLength: 3 }), (runs) => {
        const serving = `serving ${(servings += 1)}`;
        const written: Beacon[] = [];
        for (const run of runs) {
          // Each run is the app started anew, told of the same serving.
          const { tracker } = track(serving, (beacon) => {
            if (store.write(beacon, null)) written.push(beacon);
          });
          for (const event of run) {
            if (event.kind === 'clicked') tracker.clicked();
            else tracker.happened(event);
          }
        }
        const names = written.map(({ event }) => event);
        expect(new Set(names).size).toBe(names.length);
        const wasHeard = runs.some((run) => run.some(({ kind }) => kind === 'impression'));
        const ofSound = names.filter((name) => name !== 'error' && name !== 'notUsed');
        if (!wasHeard) expect(ofSound).toEqual([]);
        if (ofSound.length > 0) expect(names).toContain('impression');
      }),
      { numRuns: 100 },
    );
    await outbox.close();
  });
});

describe('the macros of an address', () => {
  it('are filled in either way of writing, withheld, or said to be not known', () => {
    const filled = fillMacros(
      'https://a.example/?t=[TIMESTAMP]&u=%%UNIVERSALADID%%&i=[IFA]&g=%5BLATLONG%5D&p=[PAGEURL]&x=[OTHER]&l[0]=1',
      { TIMESTAMP: '2026-11-22T12:00:00.000Z', UNIVERSALADID: 'a b' },
    );
    expect(filled).toBe(
      'https://a.example/?t=2026-11-22T12%3A00%3A00.000Z&u=a%20b&i=-2&g=-2&p=-1&x=[OTHER]&l[0]=1',
    );
  });

  it('are values alone: none is read for macros again, and no bracket stays open', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const filled = fillMacros('https://a.example/?v=[UNIVERSALADID]&w=[REASON]', {
          UNIVERSALADID: value,
        });
        expect(new URL(filled).searchParams.get('v')).toBe(Buffer.from(value).toString());
        expect(new URL(filled).searchParams.get('w')).toBe('-1');
      }),
    );
    expect(fillMacros('[UNIVERSALADID]', { UNIVERSALADID: '\ud800' })).toBe('%EF%BF%BD');
    expect(playhead(3661.5)).toBe('01:01:01.500');
  });
});

function track(serving = 'tea', post?: (beacon: Beacon) => void) {
  const beacons: Beacon[] = [];
  const tracker = createTracker({
    tracking: { ...tracking, serving },
    seconds: 10,
    place: 1,
    count: 2,
    hasCompanion: true,
    post: post ?? ((beacon) => beacons.push(beacon)),
    now: () => noon,
  });
  const told = (): readonly string[] =>
    beacons
      .flatMap(({ addresses }) => addresses)
      .map((address) => decodeURIComponent(address.replace('https://ads.example/', '')));
  return { tracker, told };
}

function happening(): fc.Arbitrary<SpotHappening> {
  return fc.record({
    kind: fc.constantFrom(
      ...['impression', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'pause'],
      ...[
        'placeReached',
        'resume',
        'skip',
        'closeLinear',
        'error',
        'notUsed',
        'clicked',
        'unheard-of',
      ],
    ),
    heardSeconds: fc.double({ min: 0, max: 12, noNaN: true }),
    code: fc.constantFrom(206, 402, 405),
  });
}
