import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSessionRig, idsOf, track } from '../../../support/session-rig.ts';
import { act, acts } from './listener-acts.ts';

/** One, an album of three, one. */
const list = [
  track(1, { album: 'Other', albumId: 8 }),
  ...[2, 3, 4].map((id) => track(id, { album: 'Album', albumId: 9, track: id })),
  track(5),
];

describe('a track in an album', () => {
  it('is each one of a run of its album in order, the first and the last too', () => {
    expect(list.map((_, start) => playing(start).view().now?.inAlbum)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('is known as such before it plays, and stays so when it does', () => {
    const rig = playing(0);
    const seen: (boolean | undefined)[] = [];
    for (let played = 0; played < list.length; played += 1) {
      const { now, next } = rig.view();
      seen.push(now?.inAlbum);
      rig.dispatch({ kind: 'next' });
      if (next !== null) expect(rig.view().now?.inAlbum).toBe(next.inAlbum);
    }
    expect(seen).toEqual([false, true, true, true, false]);
  });

  it('is none of an album that is shuffled or out of order', () => {
    const reversed = [...list].reverse();
    const rig = createSessionRig({ tracks: list });
    rig.dispatch({ kind: 'play', trackIds: idsOf(reversed), start: 2, shuffle: false });
    expect(rig.view().now?.inAlbum).toBe(false);
    rig.dispatch({ kind: 'play', trackIds: idsOf(list), start: 2, shuffle: true });
    expect(rig.view().now?.inAlbum).toBe(false);
  });

  it('stays what it was while it plays, whatever the listener does to the queue', () => {
    fc.assert(
      fc.property(acts, (done) => {
        const rig = playing(2);
        let before = rig.view().now;
        for (const one of done) {
          act(rig, one);
          const { now } = rig.view();
          if (now !== null && now.play === before?.play) expect(now.inAlbum).toBe(before.inAlbum);
          before = now;
        }
      }),
      { numRuns: 40 },
    );
  });
});

function playing(start: number) {
  const rig = createSessionRig({ tracks: list });
  rig.dispatch({ kind: 'play', trackIds: idsOf(list), start, shuffle: false });
  return rig;
}
