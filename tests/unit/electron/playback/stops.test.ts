import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueViewOf } from '../../../../electron/playback/session-view.ts';
import type { SessionRig } from '../../../support/session-rig.ts';
import { createSessionRig, heardIn, idsOf, singles, track } from '../../../support/session-rig.ts';
import { act, acts } from './listener-acts.ts';

const tracks = singles(8);
const seeds = fc.integer({ min: 1, max: 1e9 });

describe('the sleep timer', () => {
  it('shows its minutes, lets the sound sink over its last seconds, and pauses where it is', () => {
    const rig = playing();
    rig.dispatch({ kind: 'setSleep', sleep: { kind: 'time', minutes: 5 } });
    expect(rig.view()).toMatchObject({ sleep: { kind: 'time', minutes: 5 }, fadeSeconds: null });
    rig.run(65);
    expect(rig.view().sleep).toEqual({ kind: 'time', minutes: 4 });
    rig.run(228);
    expect(rig.view()).toMatchObject({ status: 'playing', sleep: { minutes: 1 } });
    expect(rig.view().fadeSeconds).toBeGreaterThan(0);
    rig.run(10);
    const { positionSeconds } = rig.view();
    expect(rig.view()).toMatchObject({ status: 'paused', sleep: null, fadeSeconds: null });
    rig.dispatch({ kind: 'resume' });
    expect(rig.view()).toMatchObject({ status: 'playing', positionSeconds });
  });

  it('can be made longer while the sound sinks, and taken away', () => {
    const rig = playing();
    rig.dispatch({ kind: 'setSleep', sleep: { kind: 'time', minutes: 1 } });
    rig.run(55);
    expect(rig.view().fadeSeconds).not.toBeNull();
    rig.dispatch({ kind: 'setSleep', sleep: { kind: 'time', minutes: 15 } });
    expect(rig.view().fadeSeconds).toBeNull();
    rig.dispatch({ kind: 'setSleep', sleep: null });
    rig.run(1000);
    expect(rig.view()).toMatchObject({ status: 'playing', sleep: null });
  });

  it('does not count the time in which the machine slept', () => {
    const rig = playing();
    rig.dispatch({ kind: 'setSleep', sleep: { kind: 'time', minutes: 10 } });
    rig.run(60);
    rig.sleep(8 * 3600);
    rig.run(60);
    expect(rig.view()).toMatchObject({ status: 'playing', sleep: { minutes: 8 } });
  });

  it('at the end of the track lets the next one wait at its start', () => {
    const rig = playing();
    rig.run(150);
    rig.dispatch({ kind: 'setSleep', sleep: { kind: 'track' } });
    expect(rig.view().join).toEqual({ kind: 'none' });
    rig.run(45);
    expect(rig.view().fadeSeconds).toBeGreaterThan(0);
    rig.run(20);
    expect(rig.view()).toMatchObject({
      status: 'paused',
      now: { track: { id: 2 } },
      positionSeconds: 0,
      sleep: null,
    });
    rig.dispatch({ kind: 'resume' });
    rig.run(700);
    expect(heardIn(rig)).toEqual([1, 2, 3, 4, 5]);
  });

  it('at the end of the album plays the album out', () => {
    const album = [1, 2, 3].map((id) => track(id, { album: 'One', albumId: 1, track: id }));
    const rig = playing([...album, track(4)]);
    rig.dispatch({ kind: 'setSleep', sleep: { kind: 'album' } });
    rig.run(700);
    expect(heardIn(rig)).toEqual([1, 2, 3]);
    expect(rig.view()).toMatchObject({ status: 'paused', now: { track: { id: 4 } } });
  });
});

describe('stopping after an entry', () => {
  it('happens once, at its end, and skips nothing', () => {
    const rig = playing();
    rig.dispatch({ kind: 'setStopAfter', entry: entryAt(rig, 1) });
    rig.run(500);
    expect(heardIn(rig)).toEqual([1, 2]);
    expect(rig.view()).toMatchObject({ status: 'paused', now: { track: { id: 3 } } });
    expect(rig.view().stopAfter).toBeNull();
    rig.dispatch({ kind: 'resume' });
    rig.run(500);
    expect(heardIn(rig)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is forgotten when its entry is skipped over or taken out', () => {
    const rig = playing();
    rig.dispatch({ kind: 'setStopAfter', entry: entryAt(rig, 0) });
    rig.dispatch({ kind: 'next' });
    expect(rig.view().stopAfter).toBeNull();
    rig.dispatch({ kind: 'setStopAfter', entry: entryAt(rig, 3) });
    rig.dispatch({ kind: 'removeEntries', entries: [entryAt(rig, 3)] });
    expect(rig.view().stopAfter).toBeNull();
  });

  it('stops at a track that can’t be played, too', () => {
    const rig = playing();
    rig.engine.broken.add(2);
    rig.dispatch({ kind: 'setStopAfter', entry: entryAt(rig, 1) });
    rig.run(300);
    expect(rig.view()).toMatchObject({ status: 'paused', now: { track: { id: 3 } } });
  });

  it('is no way around a break that is due: the break waits', () => {
    const rig = createSessionRig({ tracks });
    rig.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
    rig.run(950);
    rig.dispatch({ kind: 'setStopAfter', entry: rig.state().now?.entry ?? 0 });
    rig.run(100);
    expect(rig.view()).toMatchObject({ status: 'paused', adBreak: { index: 1 } });
    rig.dispatch({ kind: 'resume' });
    rig.run(60);
    expect(rig.view()).toMatchObject({ adBreak: null, now: { track: { id: 6 } } });
  });

  it('never skips an entry: after the one that ends comes the one that was to follow', () => {
    fc.assert(
      fc.property(acts, seeds, fc.nat(6), (done, seed, ahead) => {
        const rig = createSessionRig({ tracks, seed, premium: true });
        rig.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
        for (const one of done) act(rig, one);
        for (const kind of ['stopLoop', 'resume'] as const) act(rig, { kind });
        for (const sleep of [null]) rig.dispatch({ kind: 'setSleep', sleep });
        rig.engine.broken.clear();
        rig.dispatch({ kind: 'setRepeat', repeat: 'off' });
        const { entryIds, index } = queueViewOf(rig.state());
        const entry = index < 0 ? undefined : entryIds[index + ahead];
        if (entry === undefined) return;
        rig.dispatch({ kind: 'setStopAfter', entry });
        rig.run((ahead + 1) * 410);
        const follows = entryIds[index + ahead + 1];
        expect(rig.view().now?.entry).toBe(follows);
        expect(rig.view().status).toBe(follows === undefined ? 'idle' : 'paused');
        expect(rig.view().positionSeconds).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});

it('falls asleep into a pause that keeps the place, whatever happened before', () => {
  fc.assert(
    fc.property(acts, seeds, fc.boolean(), (done, seed, premium) => {
      const rig = createSessionRig({ tracks, seed, premium });
      rig.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
      for (const one of done) act(rig, one);
      rig.dispatch({ kind: 'setSleep', sleep: { kind: 'time', minutes: 1 } });
      rig.run(58);
      const before = rig.view();
      rig.run(5);
      const after = rig.view();
      expect(after.sleep).toBeNull();
      expect(after.status).not.toBe('playing');
      if (before.now !== null && after.now?.play === before.now.play && after.adBreak === null) {
        expect(after.status).toBe('paused');
        expect(after.positionSeconds - before.positionSeconds).toBeLessThan(12);
      }
      const slept = rig.view();
      rig.run(100);
      expect(rig.view()).toEqual(slept);
    }),
  );
});

function playing(list = tracks): SessionRig {
  const rig = createSessionRig({ tracks: list, premium: true });
  rig.dispatch({ kind: 'play', trackIds: idsOf(list), start: 0, shuffle: undefined });
  return rig;
}

function entryAt(rig: SessionRig, place: number): number {
  return queueViewOf(rig.state()).entryIds[place] ?? 0;
}
