import type { Planes } from './decode-messages.ts';

/** Half of the power. */
const half = Math.SQRT1_2;

/** Into a channel goes so much of each of these. */
type Mix = readonly (readonly [from: number, share: number])[];

/** How left, right, centre, low and two around are made, by the number of channels. */
const mixes: Readonly<Record<number, readonly Mix[]>> = {
  // Left, right, centre.
  3: [[[0, 1]], [[1, 1]], [[2, 1]], [], [], []],
  // Left, right, centre, two around.
  5: [[[0, 1]], [[1, 1]], [[2, 1]], [], [[3, 1]], [[4, 1]]],
  // Left, right, centre, low, behind, two beside.
  7: [
    ...([[[0, 1]], [[1, 1]], [[2, 1]], [[3, 1]]] satisfies Mix[]),
    [
      [5, 1],
      [4, half],
    ],
    [
      [6, 1],
      [4, half],
    ],
  ],
  // Left, right, centre, low, two behind, two beside.
  8: [
    ...([[[0, 1]], [[1, 1]], [[2, 1]], [[3, 1]]] satisfies Mix[]),
    [
      [4, half],
      [6, half],
    ],
    [
      [5, half],
      [7, half],
    ],
  ],
};

/**
 * Web Audio knows how to make two channels of one, four and six; of other numbers it takes the
 * first two and drops the rest. So those become six; all others stay as they are.
 */
export function foldChannels(planes: Planes): Planes {
  const mix = mixes[planes.length];
  if (mix === undefined) return planes;
  return mix.map((parts) => {
    const plane = new Float32Array(planes[0]?.length ?? 0);
    for (const [from, share] of parts) {
      planes[from]?.forEach((sample, at) => {
        plane[at] = (plane[at] ?? 0) + share * sample;
      });
    }
    return plane;
  });
}
