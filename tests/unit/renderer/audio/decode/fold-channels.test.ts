import { describe, expect, it } from 'vitest';
import { foldChannels } from '../../../../../renderer/audio/decode/fold-channels.ts';

/** Each channel sounds at a level of its own: its number from one on. */
function channels(count: number): readonly Float32Array<ArrayBuffer>[] {
  return Array.from({ length: count }, (_, channel) => new Float32Array(2).fill(channel + 1));
}

function levels(count: number): readonly number[] {
  return foldChannels(channels(count)).map((plane) => Number(plane[1]?.toFixed(3)));
}

describe('numbers of channels that Web Audio would cut down to the first two', () => {
  it('become six, in which every channel is heard', () => {
    expect(levels(3)).toEqual([1, 2, 3, 0, 0, 0]);
    expect(levels(5)).toEqual([1, 2, 3, 0, 4, 5]);
    expect(levels(7)).toEqual([1, 2, 3, 4, 9.536, 10.536]);
    expect(levels(8)).toEqual([1, 2, 3, 4, 8.485, 9.899]);
  });
});

describe('numbers of channels that Web Audio mixes by rule', () => {
  it('stay the very same', () => {
    for (const count of [1, 2, 4, 6]) {
      const planes = channels(count);
      expect(foldChannels(planes)).toBe(planes);
    }
  });
});
