import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinErrorIn } from '../../support/correlate.ts';
import { cutFrame, joinSignal } from '../../support/join-signal.ts';

const signal = joinSignal().subarray(cutFrame - 12_000, cutFrame + 12_000);
const wanted = { signal, cutFrame: 12_000, aroundFrames: 10_000, likeness: 0.99 };

describe('the judgement of a recorded join', () => {
  it('counts what lies between both tracks, or is missing there', () => {
    const gap = fc.integer({ min: -300, max: 3000 });
    fc.assert(
      fc.property(gap, fc.nat(5000), (frames, lead) => {
        const begin = 12_000 + Math.max(0, -frames);
        const recording = [
          ...new Array<number>(lead).fill(0),
          ...signal.subarray(0, 12_000),
          ...new Array<number>(Math.max(0, frames)).fill(0),
          ...signal.subarray(begin),
        ];
        const error = joinErrorIn(recording, wanted);
        // What is cut from a track is not there to be found: the join is not whole either.
        if (frames < 0) expect(error).not.toBe(0);
        else expect(error).toBe(frames);
      }),
      { numRuns: 6 },
    );
  });

  it('says nothing where sound is missing anywhere else', () => {
    const place = fc.integer({ min: 2100, max: 21_900 }).filter((at) => Math.abs(at - 12_000) > 40);
    fc.assert(
      fc.property(place, fc.integer({ min: 64, max: 4000 }), fc.boolean(), (at, frames, lost) => {
        const silence = lost ? [] : new Array<number>(frames).fill(0);
        const from = lost ? Math.min(at + frames, 21_950) : at;
        const recording = [...signal.subarray(0, at), ...silence, ...signal.subarray(from)];
        expect(joinErrorIn(recording, wanted)).toBeNull();
      }),
      { numRuns: 6 },
    );
  });
});
