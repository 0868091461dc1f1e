import { describe, expect, it } from 'vitest';
import type { Track } from '../../../../shared/track.ts';
import { breakAllowed } from '../../../../electron/playback/break-rules.ts';
import type { SessionRig } from '../../../support/session-rig.ts';
import { createSessionRig, idsOf, singles, spot, track } from '../../../support/session-rig.ts';

describe('ad breaks', () => {
  it('come after 15 audible minutes, between two tracks, and the music begins at its first sample', () => {
    const rig = day(20);
    rig.run(1100);
    expect(kindsOf(rig)).toEqual(['track×5', 'spot×2', 'track×1']);
    const [, , , , last, , , next] = rig.engine.sounds;
    expect(last).toMatchObject({ kind: 'track', ended: true, play: { track: { id: 5 } } });
    expect(next).toMatchObject({ kind: 'track', fromSeconds: 0, play: { track: { id: 6 } } });
  });

  it('hold what follows ready while the spots play, under the play that was announced', () => {
    const rig = day(20);
    rig.run(990);
    const { next, join } = rig.view();
    expect(join).toEqual({ kind: 'none' });
    rig.run(15);
    expect(rig.view()).toMatchObject({ status: 'playing', positionSeconds: 0 });
    expect(rig.view().now?.play).toBe(next?.play);
    expect(rig.view().adBreak).toMatchObject({ index: 1, count: 2, title: 'one', held: false });
  });

  it('tell of each spot once, in order', () => {
    const rig = day(20);
    rig.run(1100);
    const events = ['impression', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete'];
    expect(rig.spotEvents.map(({ event }) => event.kind)).toEqual([...events, ...events]);
  });

  it('tell of the places that an ad asked for when they are reached, one telling for each', () => {
    const rig = day(20);
    rig.preparePod = () => [spot('one', 20, { tellAtSeconds: [3, 7.5, 90] })];
    rig.run(1100);
    const reached = rig.spotEvents.flatMap(({ event }) =>
      event.kind === 'placeReached' ? [event.heardSeconds] : [],
    );
    expect(reached).toHaveLength(2);
    for (const [index, place] of [3, 7.5].entries()) {
      expect(reached[index]).toBeGreaterThanOrEqual(place);
      expect(reached[index]).toBeLessThanOrEqual(place + 1);
    }
  });

  it.each([
    { mode: 'off', track: -9, heard: -9 },
    { mode: 'off', track: null, heard: null },
    { mode: 'auto', track: -9, heard: -20 },
    { mode: 'auto', track: null, heard: -20 },
    // It may have been measured in this very playing, and not been lifted.
    { mode: 'auto', track: -30, heard: -30 },
  ] as const)('are as loud as a track of $track LUFS is heard, with gain $mode', (given) => {
    const loudness = given.track === null ? null : { lufs: given.track, peak: 1 };
    const sound = { ...track(1).sound, loudness: { track: loudness, album: null } };
    const tracks = singles(20, { sound });
    const rig = createSessionRig({ tracks });
    rig.setSound({ gainMode: given.mode, preampDecibels: -2 });
    let asked: number | null | undefined;
    rig.preparePod = ({ musicLoudnessLufs }) => {
      asked = musicLoudnessLufs;
      return null;
    };
    rig.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: false });
    rig.run(990);
    expect(asked).toBe(given.heard);
  });

  it('are quieter where an equaliser makes the music so', () => {
    const rig = day(20);
    const equaliser = { on: true, preampDecibels: -6, bands: [] };
    rig.setSound({ equalisers: { phones: equaliser, tv: { ...equaliser, on: false } } });
    let asked: number | null = null;
    rig.preparePod = ({ musicLoudnessLufs }) => {
      asked = musicLoudnessLufs;
      return null;
    };
    rig.run(990);
    expect(asked).toBe(-24);
  });

  it('refuse seek, next and previous meanwhile, but let the listener pause', () => {
    const rig = day(20);
    rig.run(1005);
    const before = rig.view();
    for (const kind of ['next', 'previous', 'skipSpot'] as const) rig.dispatch({ kind });
    rig.dispatch({ kind: 'seek', seconds: 50 });
    expect(rig.view()).toEqual(before);
    expect(before).toMatchObject({ canNext: false, canPrevious: false });
    rig.dispatch({ kind: 'pause' });
    rig.run(60);
    expect(rig.view().adBreak?.title).toBe('one');
    rig.dispatch({ kind: 'resume' });
    rig.run(16);
    expect(rig.view().adBreak?.title).toBe('two');
    const told = rig.spotEvents.map(({ event }) => event.kind);
    expect(told).toEqual(expect.arrayContaining(['pause', 'resume', 'complete']));
  });

  it('can be skipped after the time that the spot names', () => {
    const rig = day(20);
    rig.preparePod = () => [spot('one', 20, { skipAfterSeconds: 5 })];
    rig.run(1003);
    rig.dispatch({ kind: 'skipSpot' });
    expect(rig.view().adBreak).not.toBeNull();
    rig.run(3);
    rig.dispatch({ kind: 'skipSpot' });
    expect(rig.view().adBreak).toBeNull();
    expect(rig.spotEvents.at(-1)?.event.kind).toBe('skip');
  });

  it('are held while there is no sound, and said to be', () => {
    const rig = day(20);
    rig.run(1005);
    rig.dispatch({ kind: 'setVolume', volume: 0 });
    rig.run(300);
    expect(rig.view().adBreak).toMatchObject({ title: 'one', held: true });
    expect(rig.notices).toEqual(['spot_held']);
    rig.dispatch({ kind: 'setVolume', volume: 0.5 });
    rig.run(60);
    expect(rig.view().adBreak).toBeNull();
  });

  it('can’t be run away from by skipping on', () => {
    const rig = day(20);
    rig.run(950);
    rig.dispatch({ kind: 'next' });
    rig.run(1);
    rig.dispatch({ kind: 'next' });
    expect(rig.view().adBreak).not.toBeNull();
  });

  it('end when the window says so only if the spot was heard', () => {
    const rig = day(20);
    rig.run(1003);
    rig.dispatch({
      kind: 'reported',
      report: { kind: 'spotEnded', spot: rig.view().adBreak?.spot ?? 0 },
    });
    expect(rig.spotEvents.at(-1)?.event).toMatchObject({ kind: 'error', code: 405 });
  });

  it('never stop the music when no spot can be had, fails or hangs', () => {
    const cases = [
      (rig: SessionRig) => (rig.preparePod = () => null),
      (rig: SessionRig) => (rig.preparePod = () => []),
      (rig: SessionRig) => (rig.engine.spots = 'fail'),
      (rig: SessionRig) => (rig.engine.spots = 'hang'),
    ];
    for (const spoil of cases) {
      const rig = day(20);
      spoil(rig);
      rig.run(1010);
      expect(rig.view()).toMatchObject({ adBreak: null, now: { track: { id: 6 } } });
      expect(rig.view().status).toBe('playing');
    }
  });

  it('play no pod that comes later than 5 s, and give it back', () => {
    const rig = day(20);
    const requests: number[] = [];
    rig.preparePod = (_, request) => {
      requests.push(request);
      return 'later';
    };
    rig.run(975);
    expect(requests).toHaveLength(1);
    rig.run(6);
    rig.dispatch({ kind: 'breakReady', request: requests[0] ?? 0, pod: [spot('late', 10)] });
    rig.run(60);
    expect(kindsOf(rig)).toEqual(['track×6']);
    expect(rig.spotEvents).toMatchObject([{ spot: { title: 'late' }, event: { kind: 'notUsed' } }]);
  });

  it('end at once when premium is gained, and the music begins at its first sample', () => {
    const rig = day(20);
    rig.run(1005);
    rig.setPremium(true);
    expect(rig.view()).toMatchObject({ adBreak: null, now: { track: { id: 6 } } });
    expect(rig.spotEvents.slice(-2).map(({ event }) => event)).toMatchObject([
      { kind: 'closeLinear' },
      { kind: 'error', code: 206 },
    ]);
    rig.run(1);
    expect(rig.engine.sounds.at(-1)).toMatchObject({ kind: 'track', fromSeconds: 0, toSeconds: 1 });
  });

  it('never cut an album, however overdue, and wait ten minutes for tracks of one that met by chance', () => {
    const album = Array.from({ length: 20 }, (_, index) =>
      track(index + 1, { albumId: 1, album: 'Album', track: index + 1 }),
    );
    const whole = createSessionRig({ tracks: album });
    start(whole, album);
    whole.run(3990);
    expect(kindsOf(whole)).toEqual(['track×20']);

    const mixed = createSessionRig({ tracks: album });
    mixed.dispatch({ kind: 'play', trackIds: idsOf(album), start: null, shuffle: true });
    mixed.run(1510);
    expect(kindsOf(mixed)).toEqual(['track×8']);
    mixed.run(200);
    expect(kindsOf(mixed)).toEqual(['track×8', 'spot×2', 'track×1']);
  });

  it('are never more than 180 s in an hour, however much is offered', () => {
    const rig = day(60, { seconds: 100 });
    const wanted: number[] = [];
    rig.preparePod = ({ maxSeconds }) => {
      wanted.push(maxSeconds);
      return [spot('one', 30), spot('two', 30), spot('three', 30)];
    };
    rig.run(4500);
    expect(wanted.slice(0, 3)).toEqual([60, 60, 60]);
    const spots = rig.engine.sounds.filter(({ kind }) => kind === 'spot');
    expect(spots).toHaveLength(6);
    expect(rig.spotEvents.filter(({ event }) => event.kind === 'notUsed')).toHaveLength(3);
    rig.run(900);
    expect(rig.engine.sounds.filter(({ kind }) => kind === 'spot').length).toBeGreaterThan(6);
  });

  it('wait until a session is five minutes old', () => {
    const past = { audibleSeconds: 900, quietSeconds: 0, spots: [] };
    const moment = { nowMs: 0, monotonicSeconds: 0 };
    expect(breakAllowed({ ...past, sessionSeconds: 299 }, 'open', moment)).toBe(false);
    expect(breakAllowed({ ...past, sessionSeconds: 300 }, 'open', moment)).toBe(true);
  });

  it('do not count time that was paused, muted, asleep or jumped over', () => {
    const rig = day(20);
    rig.run(100);
    rig.dispatch({ kind: 'pause' });
    rig.run(1000);
    rig.dispatch({ kind: 'resume' });
    rig.dispatch({ kind: 'setMuted', muted: true });
    rig.run(50);
    rig.dispatch({ kind: 'setMuted', muted: false });
    rig.sleep(5000);
    rig.dispatch({ kind: 'seek', seconds: 190 });
    rig.run(5);
    const { audibleSeconds } = rig.state().breaks;
    expect(audibleSeconds).toBeGreaterThan(100);
    expect(audibleSeconds).toBeLessThanOrEqual(105.5);
  });
});

function day(count: number, more: Partial<Track> = {}): SessionRig {
  const tracks = singles(count, more);
  const rig = createSessionRig({ tracks });
  start(rig, tracks);
  return rig;
}

function start(rig: SessionRig, tracks: ReturnType<typeof singles>): void {
  rig.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
}

/** Runs of like sounds: 'track×5'. */
function kindsOf(rig: SessionRig): readonly string[] {
  const runs: { kind: string; count: number }[] = [];
  for (const { kind } of rig.engine.sounds) {
    const run = runs.at(-1);
    if (run?.kind === kind) run.count += 1;
    else runs.push({ kind, count: 1 });
  }
  return runs.map(({ kind, count }) => `${kind}×${count}`);
}
