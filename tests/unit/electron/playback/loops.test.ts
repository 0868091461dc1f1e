import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../../electron/playback/session-state.ts';
import type { SessionRig } from '../../../support/session-rig.ts';
import { createSessionRig, heardIn, idsOf, singles, track } from '../../../support/session-rig.ts';
import { act, acts } from './listener-acts.ts';

const tracks = singles(6);
const seeds = fc.integer({ min: 1, max: 1e9 });

describe('counted repeats', () => {
  it('play the track so often, then go on as repeat was before', () => {
    const rig = playing();
    rig.dispatch({ kind: 'setRepeat', repeat: 'all' });
    rig.dispatch({ kind: 'repeatTimes', times: 3 });
    rig.run(650);
    expect(heardIn(rig)).toEqual([1, 1, 1, 2]);
    expect(rig.view()).toMatchObject({ repeat: 'all', timesLeft: null });
    expect(rig.played).toEqual([1, 1, 1, 2]);
  });

  it('end when the listener skips on, for they were meant for that track', () => {
    const rig = playing();
    rig.dispatch({ kind: 'repeatTimes', times: 3 });
    rig.dispatch({ kind: 'next' });
    expect(rig.view()).toMatchObject({ repeat: 'off', timesLeft: null, now: { track: { id: 2 } } });
  });
});

describe('a loop within a track', () => {
  it('goes round from the moment its points are set, and plays on when it is switched off', () => {
    const rig = playing();
    rig.run(30);
    mark(rig, 'start', 10);
    mark(rig, 'end', 30);
    expect(rig.view()).toMatchObject({
      loop: { startSeconds: 10, endSeconds: 30 },
      positionSeconds: 10,
      join: { kind: 'none' },
    });
    rig.run(50);
    expect(rig.view().positionSeconds).toBeLessThanOrEqual(30);
    rig.dispatch({ kind: 'stopLoop' });
    expect(rig.view()).toMatchObject({ loop: null, marked: { on: false } });
    rig.run(180);
    expect(rig.view().now?.track.id).toBe(2);
    expect(rig.played).toEqual([1]);
  });

  it('is saved with each change and shown when the track plays again, but does not run then', () => {
    const rig = playing();
    mark(rig, 'start', 50);
    mark(rig, 'end', 60);
    expect(rig.loops.at(-1)).toMatchObject({ trackId: 1, points: { startSeconds: 50 } });
    rig.dispatch({ kind: 'next' });
    rig.dispatch({ kind: 'previous' });
    expect(rig.view()).toMatchObject({
      loop: null,
      marked: { points: { startSeconds: 50, endSeconds: 60 }, on: false },
    });
    rig.dispatch({ kind: 'clearLoop' });
    expect(rig.view().marked).toBeNull();
    expect(rig.loops.at(-1)).toEqual({ kind: 'loopMarked', trackId: 1, points: null });
  });

  it('moves its points without starting when they are dragged', () => {
    const rig = playing();
    rig.dispatch(pointOf(rig, 'end', 20, false));
    rig.dispatch(pointOf(rig, 'start', 5, false));
    expect(rig.view()).toMatchObject({
      loop: null,
      marked: { points: { startSeconds: 5, endSeconds: 20 }, on: false },
    });
  });

  it('gives way to a point that passes the other', () => {
    const rig = playing();
    mark(rig, 'end', 20);
    mark(rig, 'start', 40);
    expect(rig.view().marked?.points).toEqual({ startSeconds: 40, endSeconds: 200 });
    mark(rig, 'end', 10);
    expect(rig.view().marked?.points).toEqual({ startSeconds: 0, endSeconds: 10 });
    mark(rig, 'end', 0);
    expect(rig.view().marked?.points).toEqual({ startSeconds: 0, endSeconds: 10 });
  });

  it('takes no point for a track that is over meanwhile', () => {
    const rig = playing();
    const late = pointOf(rig, 'end', 20, true);
    rig.dispatch({ kind: 'next' });
    rig.dispatch(late);
    expect(rig.view().marked).toBeNull();
    expect(rig.loops).toEqual([]);
  });

  it('plays its part so often and then on', () => {
    const rig = playing();
    mark(rig, 'start', 10);
    mark(rig, 'end', 20);
    rig.dispatch({ kind: 'startLoop', rounds: 3, practice: null });
    rig.run(25);
    expect(rig.view()).toMatchObject({ loop: null, marked: { on: true, roundsLeft: 0 } });
    rig.run(10);
    expect(rig.view()).toMatchObject({ marked: { on: false } });
    expect(rig.view().positionSeconds).toBeGreaterThan(20);
    expect(heardIn(rig)).toEqual([1, 1, 1]);
  });

  it('goes round where it reaches to the track’s end and the engine ran out of it', () => {
    const rig = playing();
    mark(rig, 'start', 190);
    rig.run(150);
    rig.dispatch({ kind: 'seek', seconds: 199 });
    const { play } = rig.view().now ?? { play: 0 };
    rig.dispatch({ kind: 'reported', report: { kind: 'ended', play } });
    expect(rig.view()).toMatchObject({ now: { track: { id: 1 } }, positionSeconds: 190 });
    expect(rig.view().now?.play).toBeGreaterThan(play);
    expect(rig.view().loop).not.toBeNull();
  });

  it('ends when the listener seeks beyond it', () => {
    const rig = playing();
    mark(rig, 'end', 20);
    rig.dispatch({ kind: 'seek', seconds: 100 });
    expect(rig.view()).toMatchObject({ loop: null, marked: { on: false }, positionSeconds: 100 });
  });

  it('gets faster round by round, up to the pace asked for, and back to normal behind the last', () => {
    const rig = playing();
    mark(rig, 'start', 10);
    mark(rig, 'end', 20);
    const practice = { fromPercent: 60, stepPercent: 15, toPercent: 80 };
    rig.dispatch({ kind: 'startLoop', rounds: 4, practice });
    const speeds: number[] = [];
    rig.watch = () => {
      const { speed } = rig.view();
      if (speed !== speeds.at(-1)) speeds.push(speed);
    };
    rig.run(100);
    expect(speeds).toEqual([0.6, 0.75, 0.8, 1]);
  });

  it('is premium: refused with the feature’s name, and nothing is saved', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch(play);
    const wishes: readonly SessionEvent[] = [
      pointOf(rig, 'start', 5, true),
      { kind: 'startLoop', rounds: null, practice: null },
      { kind: 'repeatTimes', times: 2 },
    ];
    const before = rig.state();
    for (const wish of wishes) {
      expect(() => rig.dispatch(wish)).toThrow(
        expect.objectContaining({ code: 'not_allowed', detail: 'repeat_track' }),
      );
    }
    expect(rig.state()).toBe(before);
    expect(rig.loops).toEqual([]);
  });

  it('plays its round to the end when the tier is lost, keeps its points, and loops no more', () => {
    const rig = playing();
    mark(rig, 'start', 10);
    mark(rig, 'end', 30);
    rig.dispatch({
      kind: 'startLoop',
      rounds: null,
      practice: { fromPercent: 50, stepPercent: 0, toPercent: 50 },
    });
    rig.run(20);
    rig.setPremium(false);
    expect(rig.view()).toMatchObject({ loop: null, speed: 0.5, marked: { on: true } });
    rig.run(50);
    expect(rig.view()).toMatchObject({ speed: 1, marked: { on: false } });
    expect(rig.view().positionSeconds).toBeGreaterThan(30);
    expect(heardIn(rig)).toEqual([1]);
  });

  it('never runs for free beyond its round, and is heard no longer than the clock ran', () => {
    fc.assert(
      fc.property(acts, fc.array(fc.boolean(), { minLength: 1 }), seeds, (done, tiers, seed) => {
        const rig = createSessionRig({ tracks, seed, premium: true });
        rig.preparePod = () => null;
        rig.dispatch(play);
        for (const [index, one] of done.entries()) {
          rig.setPremium(tiers[index % tiers.length] ?? false);
          const before = rig.state();
          const since = rig.world().monotonicSeconds;
          act(rig, one);
          const passed = rig.world().monotonicSeconds - since;
          const { loop, marked, join } = rig.view();
          if (!rig.world().allows('repeat_track')) expect(loop).toBeNull();
          if (loop !== null) expect([loop, join.kind]).toEqual([marked?.points, 'none']);
          const heard = rig.state().breaks.audibleSeconds - before.breaks.audibleSeconds;
          expect(heard).toBeLessThanOrEqual(passed * 1.05 + 0.01);
        }
      }),
    );
  });
});

describe('the speed', () => {
  it('is what the listener set, and heard time stays time on the clock', () => {
    const rig = createSessionRig({ tracks: [track(1), track(2)] });
    rig.setSound({ speed: 0.5 });
    rig.dispatch({ ...play, trackIds: Uint32Array.of(1, 2) });
    rig.run(31);
    expect(rig.view()).toMatchObject({ speed: 0.5 });
    expect(rig.view().positionSeconds).toBeCloseTo(15.5);
    expect(rig.played).toEqual([1]);
    expect(rig.state().breaks.audibleSeconds).toBeGreaterThan(29);
  });
});

const play = {
  kind: 'play',
  trackIds: idsOf(tracks),
  start: 0,
  shuffle: undefined,
} as const satisfies SessionEvent;

function playing(): SessionRig {
  const rig = createSessionRig({ tracks, premium: true });
  rig.dispatch(play);
  return rig;
}

function mark(rig: SessionRig, point: 'start' | 'end', seconds: number): void {
  rig.dispatch(pointOf(rig, point, seconds, true));
}

function pointOf(
  rig: SessionRig,
  point: 'start' | 'end',
  seconds: number,
  starts: boolean,
): SessionEvent {
  return { kind: 'setLoopPoint', play: rig.state().now?.play ?? 0, point, seconds, starts };
}
