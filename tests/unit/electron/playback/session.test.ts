import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineReport } from '../../../../shared/session.ts';
import { inPlayOrder } from '../../../../electron/playback/queue.ts';
import { step } from '../../../../electron/playback/session.ts';
import type { SessionEvent, SessionState } from '../../../../electron/playback/session-state.ts';
import { queueViewOf } from '../../../../electron/playback/session-view.ts';
import type { SessionRig } from '../../../support/session-rig.ts';
import {
  createSessionRig,
  heardIn,
  idsOf,
  singles,
  stepSeconds,
  track,
} from '../../../support/session-rig.ts';
import { act, acts } from './listener-acts.ts';

const tracks = singles(8);
const seeds = fc.integer({ min: 1, max: 1e9 });

describe('the session', () => {
  it('keeps its queue whole and its view true under anything a listener and an engine do', () => {
    fc.assert(
      fc.property(acts, seeds, fc.boolean(), (done, seed, premium) => {
        const rig = createSessionRig({ tracks, seed, premium });
        const queued = new Map<number, number>();
        for (const one of done) {
          const before = rig.state();
          act(rig, one);
          const after = rig.state();
          follow(queued, before, after);
          expect(contentOf(after)).toEqual([...queued].sort(([a], [b]) => a - b));
          expectTrue(rig);
        }
      }),
    );
  });

  it('undoes next by previous, wherever next came to', () => {
    fc.assert(
      fc.property(acts, seeds, fc.boolean(), (done, seed, premium) => {
        const rig = createSessionRig({ tracks, seed, premium });
        rig.dispatch(play(4));
        rig.preparePod = () => null;
        for (const one of done) act(rig, one);
        const before = rig.state();
        if (before.now === null) return;
        rig.dispatch({ kind: 'next' });
        rig.dispatch({ kind: 'previous' });
        expect(rig.state().now?.entry).toBe(before.now.entry);
        expect(queueViewOf(rig.state()).entryIds).toEqual(queueViewOf(before).entryIds);
        expect(rig.state().positionSeconds).toBe(0);
      }),
    );
  });

  it('ignores reports of plays and spots that are over', () => {
    fc.assert(
      fc.property(acts, seeds, fc.nat(), (done, seed, pick) => {
        const rig = createSessionRig({ tracks, seed });
        rig.dispatch(play(4));
        for (const one of done) act(rig, one);
        const state = rig.state();
        const stale = pick % Math.max(1, state.now?.play ?? state.lastPlay);
        for (const report of reportsOf(stale)) {
          const after = step(state, { kind: 'reported', report }, rig.world());
          expect(after).toEqual({ state, effects: [] });
        }
      }),
    );
  });

  it('gives every play an id of its own, higher than all before', () => {
    fc.assert(
      fc.property(acts, seeds, (done, seed) => {
        const rig = createSessionRig({ tracks, seed, premium: true });
        for (const one of done) {
          const before = rig.state();
          act(rig, one);
          const { now, lastPlay } = rig.state();
          expect(lastPlay).toBeGreaterThanOrEqual(before.lastPlay);
          if (now !== null && now.play !== before.now?.play) {
            expect(now.play).toBeGreaterThan(before.now?.play ?? 0);
          }
        }
      }),
    );
  });

  it('takes every change of the queue back exactly, and lets what plays play on', () => {
    fc.assert(
      fc.property(acts, acts, seeds, (first, changes, seed) => {
        const rig = createSessionRig({ tracks, seed });
        rig.dispatch(play(5));
        for (const one of first) act(rig, one);
        const before = rig.state();
        for (const one of changes) {
          if (['enqueue', 'removeEntries', 'moveEntries', 'clear', 'play'].includes(one.kind)) {
            act(rig, one);
          }
        }
        const changed = rig.state();
        rig.dispatch({ kind: 'restoreQueue', before });
        const { entryIds, trackIds } = queueViewOf(rig.state());
        expect(entryIds).toEqual(queueViewOf(before).entryIds);
        expect(trackIds).toEqual(queueViewOf(before).trackIds);
        const goesOn = entryIds.includes(changed.now?.entry ?? 0) ? changed : before;
        expect(rig.state().now?.entry).toBe(goesOn.now?.entry);
        expect(rig.state().positionSeconds).toBe(goesOn.positionSeconds);
      }),
    );
  });

  it('says a new revision whenever the queue that the window has is old', () => {
    fc.assert(
      fc.property(acts, seeds, (done, seed) => {
        const rig = createSessionRig({ tracks, seed });
        for (const one of done) {
          const before = queueViewOf(rig.state());
          act(rig, one);
          const after = queueViewOf(rig.state());
          if (after.revision === before.revision) expect(after).toEqual(before);
        }
      }),
    );
  });

  it('plays a list through, joined, and stops at its end', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play(3));
    rig.run(700);
    expect(heardIn(rig)).toEqual([1, 2, 3]);
    expect(rig.view()).toMatchObject({ status: 'idle', now: null });
    rig.dispatch({ kind: 'previous' });
    expect(rig.view().now?.track.id).toBe(3);
  });

  it('begins again from the first when asked to play after the end', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play(2));
    rig.run(500);
    rig.dispatch({ kind: 'resume' });
    expect(rig.view()).toMatchObject({ status: 'playing', now: { track: { id: 1 } } });
  });

  it('starts the track over by previous when more than 3 s are heard, else goes back', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play(3));
    rig.dispatch({ kind: 'next' });
    rig.run(4);
    rig.dispatch({ kind: 'previous' });
    expect(rig.view()).toMatchObject({ now: { track: { id: 2 } }, positionSeconds: 0, seek: 1 });
    rig.run(2);
    rig.dispatch({ kind: 'previous' });
    expect(rig.view().now?.track.id).toBe(1);
  });

  it('keeps a seek within the track', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play(2));
    rig.dispatch({ kind: 'seek', seconds: 1e6 });
    expect(rig.view().positionSeconds).toBe(200);
    rig.dispatch({ kind: 'seek', seconds: 100 });
    rig.run(1);
    expect(rig.view().positionSeconds).toBe(101);
  });

  it('skips a track that fails, says so, and goes on', () => {
    const rig = createSessionRig({ tracks });
    rig.engine.broken.add(2);
    rig.dispatch(play(3));
    rig.run(250);
    expect(rig.view().now?.track.id).toBe(3);
    expect(rig.notices).toEqual(['track_failed']);
    expect(rig.state().queue.entryIds).toHaveLength(3);
  });

  it('stops after three failures in a row, and only then', () => {
    const rig = createSessionRig({ tracks });
    for (const id of [2, 3, 5, 6, 7]) rig.engine.broken.add(id);
    rig.dispatch(play(8));
    rig.run(700);
    expect(heardIn(rig)).toEqual([1, 4]);
    expect(rig.notices.at(-1)).toBe('playback_stopped_after_failures');
    expect(rig.view().status).toBe('idle');
    rig.engine.broken.clear();
    rig.dispatch({ kind: 'resume' });
    expect(rig.view().now?.track.id).toBe(7);
  });

  it('moves on to the following when the current track is removed', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play(3));
    rig.dispatch({ kind: 'removeEntries', entries: [rig.state().now?.entry ?? 0] });
    expect(rig.view()).toMatchObject({ status: 'playing', now: { track: { id: 2 } } });
  });

  it('repeats all over and over, shuffled with each track once a round', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, shuffle) => {
        const rig = createSessionRig({ tracks, seed, premium: true });
        rig.dispatch({ kind: 'setRepeat', repeat: 'all' });
        rig.dispatch({ ...play(5), start: null, shuffle });
        rig.run(200 * 15 - 50);
        const order = heardIn(rig);
        for (const round of [0, 5, 10]) {
          expect(order.slice(round, round + 5).sort()).toEqual([1, 2, 3, 4, 5]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('repeats one track joined to itself for premium until told otherwise', () => {
    const rig = createSessionRig({ tracks, premium: true });
    rig.dispatch(play(3));
    rig.dispatch({ kind: 'setRepeat', repeat: 'track' });
    rig.run(650);
    expect(heardIn(rig)).toEqual([1, 1, 1, 1]);
    expect(rig.view().join).toEqual({ kind: 'gapless' });
    rig.dispatch({ kind: 'next' });
    expect(rig.view().now?.track.id).toBe(2);
  });

  it('refuses to repeat a track without the feature, and changes nothing', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play(3));
    const before = rig.state();
    expect(() => rig.dispatch({ kind: 'setRepeat', repeat: 'track' })).toThrow(
      expect.objectContaining({ code: 'not_allowed', detail: 'repeat_track' }),
    );
    expect(rig.state()).toBe(before);
  });

  it('lets a lost tier end the repeat at the next boundary, not before', () => {
    const rig = createSessionRig({ tracks, premium: true });
    rig.dispatch(play(3));
    rig.dispatch({ kind: 'setRepeat', repeat: 'all' });
    rig.dispatch({ kind: 'setRepeat', repeat: 'track' });
    rig.run(250);
    rig.setPremium(false);
    expect(rig.view()).toMatchObject({ repeat: 'track', now: { track: { id: 1 } } });
    expect(rig.view().next?.track.id).toBe(2);
    rig.run(200);
    expect(heardIn(rig)).toEqual([1, 1, 2]);
    expect(rig.view().repeat).toBe('all');
  });

  it('does not let one entry going around stand in for repeating a track', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch({ kind: 'setRepeat', repeat: 'all' });
    rig.dispatch(play(1));
    rig.run(300);
    expect(heardIn(rig)).toEqual([1]);
    expect(rig.view().status).toBe('idle');
  });

  it('decides anew when the engine crossed into what is no longer next', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play(3));
    const crossing: EngineReport = { kind: 'crossed', play: rig.view().next?.play ?? 0 };
    rig.dispatch({ kind: 'enqueue', trackIds: Uint32Array.of(8), where: 'next' });
    rig.dispatch({ kind: 'reported', report: crossing });
    expect(rig.view().now?.track.id).toBe(8);
  });

  it('brings the engine to what it says, however late they hear of each other', () => {
    fc.assert(
      fc.property(acts, fc.array(fc.boolean(), { minLength: 1 }), seeds, (done, tiers, seed) => {
        const rig = createSessionRig({ tracks, seed, premium: true, late: true });
        rig.dispatch(play(4));
        rig.dispatch({ kind: 'setRepeat', repeat: 'track' });
        for (const [index, one] of done.entries()) {
          rig.setPremium(tiers[index % tiers.length] ?? false);
          act(rig, one);
          rig.run(3);
          expectTrue(rig);
          if (rig.world().allows('ad_free')) expect(rig.view().adBreak).toBeNull();
        }
        rig.engine.broken.clear();
        rig.deliver();
        act(rig, { kind: 'resume' });
        rig.deliver();
        rig.run(stepSeconds);
        rig.deliver();
        const { now, status, adBreak, positionSeconds } = rig.view();
        if (now === null || adBreak !== null || status !== 'playing') return;
        const sound = rig.engine.sounds.at(-1);
        expect(sound).toMatchObject({ kind: 'track', play: { play: now.play } });
        expect(Math.abs((sound?.toSeconds ?? 0) - positionSeconds)).toBeLessThanOrEqual(
          stepSeconds,
        );
      }),
    );
  });

  it('counts a play once, when 30 s or half of a short track were heard', () => {
    const rig = createSessionRig({ tracks: [track(1), track(2, { seconds: 20 }), track(3)] });
    rig.dispatch(play(3));
    rig.run(29);
    expect(rig.played).toEqual([]);
    rig.dispatch({ kind: 'seek', seconds: 0 });
    rig.run(150);
    expect(rig.played).toEqual([1]);
    rig.dispatch({ kind: 'next' });
    rig.run(12);
    expect(rig.played).toEqual([1, 2]);
  });
});

function play(count: number): Extract<SessionEvent, { kind: 'play' }> {
  return { kind: 'play', trackIds: idsOf(tracks.slice(0, count)), start: 0, shuffle: undefined };
}

function reportsOf(play: number): readonly EngineReport[] {
  return [
    { kind: 'started', play },
    { kind: 'position', play, seconds: 5 },
    { kind: 'crossed', play },
    { kind: 'ended', play },
    { kind: 'failed', play, reason: '' },
    { kind: 'spotStarted', spot: play },
    { kind: 'spotEnded', spot: play },
  ];
}

/** New entries come only by the two events that add; old ones go only by the three that take. */
function follow(queued: Map<number, number>, before: SessionState, after: SessionState): void {
  const { entryIds, trackIds } = after.queue;
  const isNew = before.nextEntry !== after.nextEntry;
  const replaced = isNew && !entryIds.includes(before.queue.entryIds[0] ?? 0);
  const removed = after.queue.entryIds.length < before.queue.entryIds.length;
  if (replaced) queued.clear();
  if (removed)
    for (const entry of [...queued.keys()]) if (!entryIds.includes(entry)) queued.delete(entry);
  if (isNew) {
    entryIds.forEach((entry, position) => {
      if (entry >= before.nextEntry) queued.set(entry, trackIds[position] ?? 0);
    });
  }
}

function contentOf({ queue }: SessionState): readonly (readonly [number, number])[] {
  const ids = inPlayOrder(queue, queue.trackIds);
  return [...inPlayOrder(queue, queue.entryIds)]
    .map((entry, place) => [entry, ids[place] ?? 0] as const)
    .sort(([one], [other]) => one - other);
}

function expectTrue(rig: SessionRig): void {
  const view = rig.view();
  const queue = queueViewOf(rig.state());
  if (view.now !== null) {
    expect(queue.entryIds[queue.index]).toBe(view.now.entry);
    expect(queue.trackIds[queue.index]).toBe(view.now.track.id);
    expect(view.positionSeconds).toBeLessThanOrEqual(view.now.track.seconds);
  }
  if (view.next !== null) {
    expect(queue.entryIds).toContain(view.next.entry);
    expect(view.next.play).not.toBe(view.now?.play);
  }
  expect(view.status === 'idle').toBe(view.now === null && view.adBreak === null);
  expect(view.join.kind !== 'none' && view.next === null).toBe(false);
  if (!rig.world().allows('repeat_track') && view.next !== null) {
    expect(view.next.entry).not.toBe(view.now?.entry);
  }
}
