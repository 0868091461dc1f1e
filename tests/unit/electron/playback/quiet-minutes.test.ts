import { describe, expect, it } from 'vitest';
import { RefrainError } from '../../../../shared/errors.ts';
import type { SessionRig } from '../../../support/session-rig.ts';
import {
  createSessionRig,
  heardIn,
  idsOf,
  singles,
  spot,
  track,
} from '../../../support/session-rig.ts';

const half = 30 * 60;

describe('earned ad-free minutes', () => {
  it('are half an hour for one ad, at once when nothing plays, after which nothing plays', () => {
    const rig = rigOf(singles(5));
    rig.dispatch({ kind: 'earnQuiet' });
    expect(rig.view()).toMatchObject({ status: 'playing', adBreak: { index: 1, count: 1 } });
    expect(rig.view()).toMatchObject({ quietSeconds: 0, quietWanted: false, canEarnQuiet: false });
    rig.run(21);
    expect(rig.view()).toMatchObject({ status: 'idle', adBreak: null, quietSeconds: half });
    expect(rig.notices).toEqual(['quiet_earned']);
  });

  it('leave paused what was paused at its start, and its first sample unplayed', () => {
    const rig = rigOf(singles(5));
    start(rig);
    rig.dispatch({ kind: 'setStopAfter', entry: rig.state().now?.entry ?? 0 });
    rig.run(201);
    expect(rig.view()).toMatchObject({ status: 'paused', positionSeconds: 0 });
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(21);
    expect(rig.view()).toMatchObject({ status: 'paused', adBreak: null, quietSeconds: half });
    rig.dispatch({ kind: 'resume' });
    rig.run(1);
    expect(rig.engine.sounds.at(-1)).toMatchObject({ fromSeconds: 0, play: { track: { id: 2 } } });
  });

  it('wait for the end of what plays, and of the album', () => {
    const album = [1, 2, 3].map((number) => track(number, { albumId: 9, track: number }));
    const rig = rigOf([...album.map((one) => ({ ...one, album: 'Nine' })), track(4), track(5)]);
    start(rig);
    rig.run(100);
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(495);
    expect(rig.view()).toMatchObject({ adBreak: null, quietWanted: true });
    expect(heardIn(rig)).toEqual([1, 2, 3]);
    rig.run(30);
    expect(rig.view()).toMatchObject({ adBreak: null, quietWanted: false, quietSeconds: half });
    expect(heardIn(rig)).toEqual([1, 2, 3, 4]);
  });

  it('do not cut an album that was stopped between two of its tracks', () => {
    const rig = rigOf(
      [1, 2].map((number) => track(number, { albumId: 9, album: 'Nine', track: number })),
    );
    start(rig, 2);
    rig.dispatch({ kind: 'setStopAfter', entry: rig.state().now?.entry ?? 0 });
    rig.run(201);
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(60);
    expect(rig.view()).toMatchObject({ status: 'paused', adBreak: null, quietWanted: true });
  });

  it('keep breaks away for as long as they last, in music that is heard', () => {
    const rig = rigOf(singles(40));
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(21);
    start(rig, 40);
    rig.dispatch({ kind: 'setMuted', muted: true });
    rig.run(600);
    expect(rig.view().quietSeconds).toBe(half);
    rig.dispatch({ kind: 'setMuted', muted: false });
    rig.run(half + 890);
    expect(spotsIn(rig)).toEqual(['one']);
    expect(rig.view().quietSeconds).toBe(0);
    rig.run(300);
    expect(spotsIn(rig)).toEqual(['one', 'one', 'two']);
  });

  it('come after a break that is due by itself', () => {
    const rig = rigOf(singles(20));
    start(rig, 20);
    rig.run(900);
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(150);
    expect(spotsIn(rig)).toEqual(['one', 'two']);
    expect(rig.view().quietWanted).toBe(true);
    rig.run(220);
    expect(spotsIn(rig)).toEqual(['one', 'two', 'one']);
    expect(rig.view().quietSeconds).toBeGreaterThan(half - 200);
  });

  it.each([
    ['is skipped', (rig: SessionRig) => rig.dispatch({ kind: 'skipSpot' })],
    ['fails', (rig: SessionRig) => (rig.engine.spots = 'fail')],
    ['stands still', (rig: SessionRig) => (rig.engine.spots = 'stall')],
    ['ends early', (rig: SessionRig) => (rig.engine.spots = 'early')],
    ['is ended by premium', (rig: SessionRig) => rig.setPremium(true)],
  ])('are not earned by an ad that %s', (_, spoil) => {
    const rig = rigOf(singles(5));
    rig.preparePod = () => [spot('one', 20, { skipAfterSeconds: 2 })];
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(4);
    spoil(rig);
    rig.run(30);
    expect(rig.view()).toMatchObject({ adBreak: null, quietSeconds: 0, quietWanted: false });
  });

  it.each([
    ['there is no ad', () => null],
    ['none comes in time', () => 'later' as const],
  ])('end as a wish, with a word, when %s', (_, preparePod) => {
    const rig = rigOf(singles(5));
    rig.preparePod = preparePod;
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(7);
    expect(rig.view()).toMatchObject({ adBreak: null, quietWanted: false, canEarnQuiet: true });
    expect(rig.notices).toEqual(['quiet_missed']);
  });

  it('can be declined until the ad plays, which gives it back', () => {
    const rig = rigOf(singles(5));
    start(rig);
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(180);
    rig.dispatch({ kind: 'dropQuiet' });
    rig.run(60);
    expect(heardIn(rig)).toEqual([1, 2]);
    expect(rig.spotEvents.map(({ event }) => event.kind)).toEqual(['notUsed', 'notUsed']);
  });

  it('are kept over a restart and while there is premium, in which they do not run down', () => {
    const rig = rigOf(singles(40));
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(21);
    rig.setPremium(true);
    start(rig, 40);
    rig.run(1000);
    rig.restart();
    expect(rig.view().canEarnQuiet).toBe(false);
    rig.setPremium(false);
    expect(rig.view().quietSeconds).toBe(half);
  });

  it('are four hours at most, and never earned beyond the ads of an hour', () => {
    const rig = rigOf(singles(5));
    rig.preparePod = () => [spot('long', 59)];
    earn(rig, 2);
    expect(rig.view().canEarnQuiet).toBe(true);
    earn(rig, 1);
    expect(() => earn(rig, 1)).toThrow(RefrainError);
    rig.sleep(3600);
    rig.preparePod = () => [spot('short', 10)];
    earn(rig, 5);
    expect(rig.view()).toMatchObject({ quietSeconds: 8 * half, canEarnQuiet: false });
    rig.sleep(3600);
    expect(() => earn(rig, 1)).toThrow(RefrainError);
  });
});

function earn(rig: SessionRig, times: number): void {
  for (let time = 0; time < times; time += 1) {
    rig.dispatch({ kind: 'earnQuiet' });
    rig.run(60);
  }
}

function rigOf(tracks: ReturnType<typeof singles>): SessionRig {
  return createSessionRig({ tracks });
}

function start(rig: SessionRig, count = 5): void {
  const trackIds = idsOf(singles(count));
  rig.dispatch({ kind: 'play', trackIds, start: 0, shuffle: false });
}

function spotsIn(rig: SessionRig): readonly string[] {
  return rig.engine.sounds.flatMap((sound) => (sound.kind === 'spot' ? [sound.title] : []));
}
