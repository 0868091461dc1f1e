import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBlockBuilder } from '../../../../../renderer/audio/decode/blocks.ts';

const pieces = fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 20 });
/** Whose multiples are exact, so that places can be compared. */
const speeds = fc.constantFrom(0.5, 1, 1.25, 3);

it('blocks hold every frame once and in order, the first of 60 ms and none over 250 ms', () => {
  fc.assert(
    fc.property(pieces, fc.nat(1000), speeds, (lengths, startFrame, speed) => {
      const builder = createBlockBuilder(8000, startFrame, speed);
      let fed = 0;
      const blocks = lengths.flatMap((length) => {
        const plane = Float32Array.from({ length }, () => (fed += 1));
        return builder.push([plane, plane.map((value) => -value)]);
      });
      blocks.push(...builder.finish());

      let next = 0;
      for (const [index, { planes, frames, trackFrame }] of blocks.entries()) {
        expect(trackFrame).toBe(startFrame + next * speed);
        expect(planes.map((plane) => plane.length)).toEqual([frames, frames]);
        expect(planes[0]?.every((value, frame) => value === next + frame + 1)).toBe(true);
        expect(planes[1]?.every((value, frame) => value === -(next + frame + 1))).toBe(true);
        expect(frames).toBeLessThanOrEqual(2000);
        if (index === 0) expect(frames).toBe(Math.min(fed, 480));
        next += frames;
      }
      expect(next).toBe(fed);
    }),
  );
});
