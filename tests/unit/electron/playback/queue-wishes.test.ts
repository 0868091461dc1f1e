import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../../electron/playback/session-state.ts';
import { queueViewOf } from '../../../../electron/playback/session-view.ts';
import { createSessionRig, heardIn, idsOf, singles, track } from '../../../support/session-rig.ts';

const tracks = singles(8);
const seeds = fc.integer({ min: 1, max: 1e9 });

describe('a queue with tracks that are not there', () => {
  it('skips tracks that are away or gone and keeps them in the queue', () => {
    const rig = createSessionRig({ tracks: [track(1), track(2, { away: true }), track(4)] });
    rig.dispatch({
      kind: 'play',
      trackIds: Uint32Array.of(1, 2, 3, 4),
      start: 0,
      shuffle: undefined,
    });
    rig.run(210);
    expect(rig.view().now?.track.id).toBe(4);
    expect(rig.notices).toEqual(['track_failed']);
    expect([...queueViewOf(rig.state()).trackIds]).toEqual([1, 2, 3, 4]);
  });

  it('passes over as many as are away, a whole drive of them, to the next that is there', () => {
    const rig = createSessionRig({
      tracks: [track(1), ...singles(60, { away: true }).slice(1), track(61)],
    });
    rig.dispatch({ ...play(0), trackIds: Uint32Array.from({ length: 61 }, (_, at) => at + 1) });
    rig.run(210);
    expect(rig.view()).toMatchObject({ status: 'playing', now: { track: { id: 61 } } });
    expect(rig.notices).toEqual(['track_failed']);
  });

  it('stops when all that goes around is away, instead of going around for ever', () => {
    const rig = createSessionRig({ tracks: singles(5, { away: true }) });
    rig.dispatch({ kind: 'setRepeat', repeat: 'all' });
    rig.dispatch(play(5));
    expect(rig.view().status).toBe('idle');
    expect(rig.notices).toEqual(['track_failed', 'playback_stopped_after_failures']);
  });
});

describe('a queue that the listener changes', () => {
  it('clears what is to come and what was, and lets what plays play on to its end', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, shuffle) => {
        const rig = createSessionRig({ tracks, seed });
        rig.dispatch({ kind: 'setShuffle', shuffle });
        rig.dispatch(play(8));
        rig.run(250);
        const { now } = rig.state();
        rig.dispatch({ kind: 'clear' });
        expect([...rig.state().queue.entryIds]).toEqual([now?.entry]);
        expect(rig.view()).toMatchObject({ status: 'playing', next: null, canNext: false });
        rig.run(100);
        expect(rig.state().now).toEqual(now);
        expect(rig.engine.sounds).toHaveLength(2);
        const { queue } = rig.state();
        rig.dispatch({ kind: 'clear' });
        expect(rig.state().queue).toBe(queue);
        rig.run(150);
        rig.dispatch({ kind: 'clear' });
        expect(rig.view()).toMatchObject({ status: 'idle', canPlay: false, shuffle });
      }),
    );
  });

  it('has what is added to an empty or ended queue ready to play, and starts nothing by itself', () => {
    const rig = createSessionRig({ tracks });
    expect(rig.view()).toMatchObject({ status: 'idle', canPlay: false });
    rig.dispatch({ kind: 'enqueue', trackIds: Uint32Array.of(3, 4), where: 'end' });
    rig.run(5);
    expect(rig.view()).toMatchObject({
      status: 'paused',
      canPlay: true,
      now: { track: { id: 3 } },
    });
    expect(rig.engine.sounds).toEqual([]);
    rig.dispatch({ kind: 'resume' });
    rig.run(500);
    expect(rig.view()).toMatchObject({ status: 'idle', canPlay: true });
    rig.dispatch({ kind: 'enqueue', trackIds: Uint32Array.of(5, 6), where: 'next' });
    rig.run(5);
    expect(rig.view()).toMatchObject({ status: 'paused', now: { track: { id: 5 } } });
    expect(heardIn(rig)).toEqual([3, 4]);
  });

  it('plays several that were put next in their order, shuffled or not', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, shuffle) => {
        const rig = createSessionRig({ tracks, seed });
        rig.dispatch({ kind: 'setShuffle', shuffle });
        rig.dispatch(play(4));
        rig.dispatch({ kind: 'enqueue', trackIds: Uint32Array.of(7, 5, 8), where: 'next' });
        rig.run(700);
        expect(heardIn(rig).slice(1, 4)).toEqual([7, 5, 8]);
      }),
    );
  });

  it('begins a shuffled list anywhere, when no start is named', () => {
    const starts = Array.from({ length: 60 }, (_, seed) => {
      const rig = createSessionRig({ tracks, seed: seed * 7919 + 1 });
      rig.dispatch({ ...play(8), start: null, shuffle: true });
      return rig.view().now?.track.id;
    });
    expect(new Set(starts).size).toBe(8);
  });
});

function play(count: number): Extract<SessionEvent, { kind: 'play' }> {
  return { kind: 'play', trackIds: idsOf(tracks.slice(0, count)), start: 0, shuffle: undefined };
}
