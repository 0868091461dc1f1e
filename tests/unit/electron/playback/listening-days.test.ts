import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ad } from '../../../../electron/ads/ad.ts';
import { choosePod } from '../../../../electron/ads/choose-pod.ts';
import type { Ledger } from '../../../../electron/ads/ledger.ts';
import { openLedger } from '../../../../electron/ads/ledger.ts';
import type { BreakRequest, Pod } from '../../../../electron/playback/ads-port.ts';
import type { SessionRig } from '../../../support/session-rig.ts';
import { createSessionRig, idsOf, randomFrom, spot, track } from '../../../support/session-rig.ts';
import { act, oneAct } from './listener-acts.ts';
import { house, watchListening } from './listening-log.ts';

const paceSeconds = 1;

const listens = fc.record({
  kind: fc.constant('listen' as const),
  seconds: fc.integer({ min: 60, max: 1100 }),
});
const clockMoves = fc.record({
  kind: fc.constant('clock' as const),
  seconds: fc.integer({ min: -100_000, max: 100_000 }),
});

/** What may happen to a listener in a day, beside what they do with their music. */
const dayAct = fc.oneof(
  { weight: 7, arbitrary: listens },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('act' as const), act: oneAct }) },
  fc.record({ kind: fc.constant('tier' as const), premium: fc.boolean() }),
  fc.record({
    kind: fc.constant('sleep' as const),
    seconds: fc.integer({ min: 60, max: 30_000 }),
  }),
  clockMoves,
  fc.record({
    kind: fc.constantFrom('restart' as const, 'drop' as const, 'late' as const, 'lie' as const),
  }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('earn' as const) }) },
  fc.record({
    kind: fc.constant('engine' as const),
    spots: fc.constantFrom('play', 'play', 'fail', 'hang', 'stall', 'early'),
  }),
  fc.record({
    kind: fc.constant('server' as const),
    answers: fc.constantFrom('ads', 'ads', 'house', 'none', 'late', 'greedy'),
  }),
);
type DayAct = typeof dayAct extends fc.Arbitrary<infer One> ? One : never;

const day = fc.array(
  fc.record({
    one: dayAct,
    goesOn: fc.boolean(),
    seconds: fc.integer({ min: 1, max: 120 }),
  }),
  { minLength: 15, maxLength: 35 },
);

/** Half a day of nothing but music, under a server that offers all that it has. */
const greedyDay = fc
  .array(fc.oneof({ weight: 5, arbitrary: listens }, clockMoves), { minLength: 14, maxLength: 20 })
  .map((all) => [
    { one: { kind: 'server', answers: 'greedy' } as const, goesOn: true, seconds: 1 },
    ...all.map((one) => ({ one, goesOn: true, seconds: 1 })),
  ]);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-days-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('a listening day', () => {
  it('keeps every rule of the breaks, whatever the listener, the machine and the ad server do', async () => {
    const total = { due: 0, extra: 0, earned: 0 };
    let days = 0;
    await fc.assert(
      fc.asyncProperty(
        library(),
        day,
        fc.integer({ min: 1, max: 1e9 }),
        async (tracks, done, seed) => {
          days += 1;
          const counted = await live(tracks, done, seed, join(folder, `ads-${days}.json`));
          total.due += counted.due;
          total.extra += counted.extra;
          total.earned += counted.earned;
        },
      ),
      { numRuns: 16 },
    );
    // Else the rules would be kept by days on which nothing happens.
    expect(total.due).toBeGreaterThan(5);
    expect(total.extra).toBeGreaterThan(2);
    expect(total.earned).toBeGreaterThan(0);
    // Days take their time, and the finding of the least bad one more.
  }, 120_000);

  it('keeps the caps of a pod and of an hour where nobody skips and much is offered', async () => {
    let days = 0;
    let due = 0;
    const seeds = fc.integer({ min: 1, max: 1e9 });
    await fc.assert(
      fc.asyncProperty(singleTracks, greedyDay, seeds, async (tracks, done, seed) => {
        const path = join(folder, `greedy-${(days += 1)}.json`);
        due += (await live(tracks, done, seed, path)).due;
      }),
      { numRuns: 5 },
    );
    expect(due).toBeGreaterThan(10);
  }, 120_000);
});

async function live(
  tracks: ReturnType<typeof libraryOf>,
  done: readonly { one: DayAct; goesOn: boolean; seconds: number }[],
  seed: number,
  path: string,
) {
  const rig = createSessionRig({ tracks, seed, paceSeconds });
  const ledger = await openLedger({
    path,
    now: () => rig.world().nowMs,
    trouble: () => undefined,
  });
  const server = adServer(rig, ledger, randomFrom(seed));
  const log = watchListening(rig, tracks, paceSeconds);
  const judge = rig.watch;
  rig.watch = () => {
    judge();
    server.hear();
  };
  rig.dispatch({ kind: 'setRepeat', repeat: 'all' });
  rig.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
  try {
    for (const { one, goesOn, seconds } of done) {
      happen(one);
      rig.run(paceSeconds);
      if (goesOn) rig.dispatch({ kind: 'resume' });
      rig.run(seconds);
    }
  } finally {
    await ledger.settled();
  }
  return log.counted;

  function happen(one: DayAct): void {
    switch (one.kind) {
      case 'listen':
        rig.dispatch({ kind: 'resume' });
        rig.run(one.seconds);
        return;
      case 'act':
        if (!harmless.has(one.act.kind)) log.touched();
        act(rig, one.act);
        return;
      case 'tier':
        rig.setPremium(one.premium);
        return;
      case 'sleep':
        rig.sleep(one.seconds);
        return;
      case 'clock':
        rig.moveWallClock(one.seconds);
        log.wallClockMoved();
        return;
      case 'restart':
        rig.restart();
        log.restarted();
        return;
      case 'earn':
        if (rig.view().canEarnQuiet) rig.dispatch({ kind: 'earnQuiet' });
        return;
      case 'drop':
        rig.dispatch({ kind: 'dropQuiet' });
        return;
      case 'late':
        server.deliverLate();
        return;
      case 'lie': {
        const spotId = rig.view().adBreak?.spot;
        if (spotId === undefined) return;
        const report = { kind: 'spotPosition', spot: spotId, seconds: 1e4 } as const;
        rig.dispatch({ kind: 'reported', report });
        return;
      }
      case 'engine':
        rig.engine.spots = one.spots;
        return;
      case 'server':
        server.answers = one.answers;
        return;
    }
  }
}

/** Acts after which the same track is to follow a break, from its start. */
const harmless: ReadonlySet<string> = new Set([
  'run',
  'pause',
  'resume',
  'setVolume',
  'setMuted',
  'setSleep',
  'tune',
  'skipSpot',
]);

/** The real choice of spots, with the real ledger behind it, over whatever a server may offer. */
function adServer(rig: SessionRig, ledger: Ledger, random: () => number) {
  const served = new Map<string, { readonly pod: string; readonly ad: Ad }>();
  const late: { readonly request: number; readonly pod: Pod }[] = [];
  let heard = 0;
  let count = 0;
  const server = {
    answers: 'ads',
    hear(): void {
      for (const { spot: of, event } of rig.spotEvents.slice(heard)) {
        const found = served.get(of.id);
        if (event.kind !== 'impression' || found === undefined) continue;
        ledger.record(found.pod, of.id, found.ad);
      }
      heard = rig.spotEvents.length;
    },
    deliverLate(): void {
      for (const { request, pod } of late.splice(0)) {
        rig.dispatch({ kind: 'breakReady', request, pod });
      }
    },
  };
  rig.preparePod = (wanted, request) => {
    if (server.answers === 'none') return null;
    const pod = podFor(wanted);
    if (server.answers !== 'late') return pod;
    late.push({ request, pod });
    return 'later';
  };
  return server;

  function podFor({ maxSpots, maxSeconds }: BreakRequest): Pod {
    // A pod beyond what was asked for: the session plays no more of it than it may.
    const isGreedy = server.answers === 'greedy';
    const offered = isGreedy && random() < 0.8 ? halves : campaigns;
    const fresh = server.answers === 'house' ? [] : offered.filter(() => random() < 0.4);
    const limits = isGreedy
      ? { mostSpots: 4, mostSeconds: 200 }
      : { mostSpots: maxSpots, mostSeconds: maxSeconds };
    const pod = `pod ${(count += 1)}`;
    return choosePod([fresh, houseAds], limits, ledger.recent()).map((ad) => {
      const id = `${pod} ${ad.creative}`;
      served.set(id, { pod, ad });
      const { advertiser, seconds, skipAfterSeconds } = ad;
      return spot(ad.title, seconds, { id, advertiser, skipAfterSeconds, tellAtSeconds: [3] });
    });
  }
}

const campaigns = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].flatMap((advertiser, index) => [
  adOf(advertiser, 30 - 2 * index, index % 2 === 0 ? null : 5),
  adOf(advertiser, 12 + 2 * index, null),
  // Two of these are longer than a pod may be.
  adOf(advertiser, 38 + index, null),
]);
/** Two of them fill a pod, and four such pods are more than an hour may have. */
const halves = Array.from({ length: 16 }, (_, index) => adOf(`Half ${index}`, 30, null));
const houseAds = [30, 20, 15].map((seconds) => adOf(house, seconds, null));

function adOf(advertiser: string, seconds: number, skipAfterSeconds: number | null): Ad {
  return {
    creative: `${advertiser} ${seconds}`,
    campaign: advertiser,
    advertiser,
    title: `${advertiser} for ${seconds} s`,
    categories: [],
    genres: [],
    house: advertiser === house,
    mediaId: advertiser,
    format: 'mp3',
    seconds,
    loudnessLufs: null,
    truePeakDbtp: null,
    companion: null,
    clickThrough: null,
    skipAfterSeconds,
    lastsSeconds: null,
    tracking: null,
  };
}

/** Albums, singles and a long programme; all that acts may name are there. */
function library() {
  const album = fc.array(fc.integer({ min: 40, max: 400 }), { minLength: 1, maxLength: 6 });
  const programme = fc.tuple(fc.integer({ min: 1500, max: 4000 }));
  const release = fc.oneof({ weight: 5, arbitrary: album }, programme);
  return fc.array(release, { minLength: 8, maxLength: 12 }).map(libraryOf);
}

/** No album keeps a break waiting. */
const singleTracks = fc
  .array(fc.tuple(fc.integer({ min: 100, max: 400 })), { minLength: 8, maxLength: 12 })
  .map(libraryOf);

function libraryOf(albums: readonly (readonly number[])[]) {
  const lengths = albums.flatMap((seconds, album) =>
    seconds.map((length, index) => ({ length, albumId: album + 1, number: index + 1 })),
  );
  return lengths.map(({ length, albumId, number }, index) =>
    track(index + 1, { seconds: length, albumId, album: `Album ${albumId}`, track: number }),
  );
}
