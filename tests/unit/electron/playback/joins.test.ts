import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnePiece } from '../../../../electron/playback/crossfade-rules.ts';
import { restAhead } from '../../../../electron/playback/breaks.ts';
import type { Playable } from '../../../../shared/track-sound.ts';
import { createSessionRig, idsOf, track } from '../../../support/session-rig.ts';
import { act, acts } from './listener-acts.ts';

const none = { kind: 'none' };
const gapless = { kind: 'gapless' };
const fade = { kind: 'crossfade', seconds: 6 };

describe('the join of two tracks', () => {
  it('is a crossfade between albums when the listener set one, at once when they set it', () => {
    const rig = playing([track(1), track(2)], 0);
    expect(rig.view().join).toEqual(gapless);
    rig.setSound({ crossfadeSeconds: 6 });
    expect(rig.view().join).toEqual(fade);
  });

  it('is none within an album, in order or met by chance', () => {
    const album = { album: 'One', albumId: 9 };
    expect(joinOf(track(1, album), track(2, { ...album, track: 2 }))).toEqual(gapless);
    expect(joinOf(track(1, { ...album, track: 5 }), track(2, album))).toEqual(gapless);
  });

  it.each([
    { genre: 'Classical' },
    { genre: 'Rock; Live' },
    { genre: 'Opera' },
    { album: 'Paris (Live at the Olympia)' },
    { album: 'Live in Tokyo' },
    { title: 'Song [Live 1999]' },
    { title: 'Song - Live' },
    { album: 'The Autumn DJ Mix' },
    { album: 'Sinfonie Nr. 5' },
  ])('leaves one piece as it is: %o', (named) => {
    expect(joinOf(track(1, named), track(2))).toEqual(gapless);
    expect(joinOf(track(1), track(2, named))).toEqual(gapless);
  });

  it.each(['Live Forever', 'Live and Let Die', 'Alive', 'Delivered', 'Operator', 'Mixed Feelings'])(
    'takes no song for a concert by its name: %s',
    (title) => {
      expect(isOnePiece({ title, album: title, genre: 'Pop' })).toBe(false);
    },
  );

  it('is none where a track is shorter than both its fades', () => {
    expect(joinOf(track(1), track(2, { seconds: 11 }))).toEqual(gapless);
    expect(joinOf(track(1), track(2, { seconds: 12 }))).toEqual(fade);
  });

  it('is what the listener chose for the pair, as far as there is music for it', () => {
    const album = { album: 'One', albumId: 9 };
    expect(joinOf(chosen(0), track(2))).toEqual(gapless);
    expect(joinOf(chosen(3, album), track(2, album))).toEqual({ kind: 'crossfade', seconds: 3 });
    expect(joinOf(chosen(8), track(2, { seconds: 10 }))).toEqual({ kind: 'crossfade', seconds: 5 });
    expect(joinOf(chosen(8), track(3))).toEqual(fade);
  });

  it('is none with the same track over again', () => {
    const single = { album: '' };
    const rig = playing([track(1, single), track(2, single)], 6);
    rig.dispatch({ kind: 'setRepeat', repeat: 'track' });
    expect(rig.view().join).toEqual(gapless);
  });

  it('is none from where a break may come before the fade has ended', () => {
    const rig = createSessionRig({ tracks: [1, 2, 3, 4, 5, 6].map((id) => track(id)) });
    rig.setSound({ crossfadeSeconds: 6 });
    rig.dispatch({
      kind: 'play',
      trackIds: Uint32Array.of(1, 2, 3, 4, 5, 6),
      start: 0,
      shuffle: undefined,
    });
    rig.run(700);
    expect(rig.view().join).toEqual(fade);
    rig.run(150);
    expect(rig.view().join).toEqual(gapless);
    rig.run(130);
    expect(rig.view().join).toEqual(none);
  });

  it('never fades within an album, away from a stop or into a break, whatever is done', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => {
      const albumId = Math.ceil(id / 3);
      return track(id, { albumId, album: `Album ${albumId}`, track: id });
    });
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 1e9 }), fc.boolean(), (done, seed, premium) => {
        const rig = createSessionRig({ tracks: list, seed, premium });
        rig.setSound({ crossfadeSeconds: 6 });
        rig.dispatch({ kind: 'play', trackIds: idsOf(list), start: 0, shuffle: undefined });
        rig.watch = () => {
          const { join, now, next, loop, adBreak, stopAfter } = rig.view();
          if (join.kind !== 'crossfade') return;
          expect(restAhead(rig.state())).toBe('open');
          expect(now?.track.albumId).not.toBe(next?.track.albumId);
          expect(stopAfter).not.toBe(now?.entry);
          expect([loop, adBreak, rig.state().breaks.phase.kind]).toEqual([null, null, 'none']);
          const shorter = Math.min(now?.track.seconds ?? 0, next?.track.seconds ?? 0);
          expect(join.seconds * 2).toBeLessThanOrEqual(shorter);
        };
        for (const one of done) act(rig, one);
      }),
    );
  });
});

function chosen(crossfadeSeconds: number, more: Partial<Playable> = {}): Playable {
  const plain = track(1, more);
  return { ...plain, sound: { ...plain.sound, joins: [{ nextId: 2, crossfadeSeconds }] } };
}

function playing(list: readonly Playable[], crossfadeSeconds: number) {
  const rig = createSessionRig({ tracks: list, premium: true });
  rig.setSound({ crossfadeSeconds });
  rig.dispatch({ kind: 'play', trackIds: idsOf(list), start: 0, shuffle: undefined });
  return rig;
}

function joinOf(now: Playable, next: Playable) {
  return playing([now, next], 6).view().join;
}
