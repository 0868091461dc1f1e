import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../renderer/audio/decode/decode-messages.ts';
import { createLaps } from '../../../../renderer/audio/laps.ts';
import type { LoopPoints } from '../../../../shared/track-sound.ts';
import type { NumberedStream } from '../../../support/numbered-stream.ts';
import { createNumberedStream, numberOf } from '../../../support/numbered-stream.ts';

/** Low, so that a track is few numbers. */
const sampleRate = 1000;
const lengths = [60, 120, 240, ...Array.from({ length: 60 }, () => 250), 17];
const trackFrames = lengths.reduce((sum, length) => sum + length, 0);
/** How much longer a round lasts when its end is moved to where the music is, or before. */
const bridgeFrames = 400;

const points = fc
  .tuple(fc.nat(9000), fc.oneof(fc.integer({ min: 20, max: 900 }), fc.constant(11_000)))
  .map(([start, length]) => ({ startSeconds: start / 1000, endSeconds: (start + length) / 1000 }));

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('take'), blocks: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deliver'), blocks: fc.nat(9) }) },
  fc.record({ kind: fc.constant('putBack'), blocks: fc.nat(6) }),
  fc.record({ kind: fc.constant('loop'), loop: fc.option(points) }),
) satisfies fc.Arbitrary<Action>;

type Action =
  | { readonly kind: 'take' | 'deliver' | 'putBack'; readonly blocks: number }
  | { readonly kind: 'loop'; readonly loop: LoopPoints | null };

describe('the laps of a play', () => {
  it('go on sample by sample, whenever the points are set, moved or cleared', () => {
    fc.assert(
      fc.property(fc.option(points), fc.array(action, { maxLength: 50 }), (first, actions) => {
        const play = createPlay(first);
        for (const done of actions) play.do(done);
        play.do({ kind: 'loop', loop: null });
        for (let round = 0; round < 30; round += 1) {
          play.do({ kind: 'deliver', blocks: 1000 });
          play.do({ kind: 'take', blocks: 1000 });
        }
        expect(play.mistake()).toBeNull();
        expect(play.laps.isFinished()).toBe(true);
        expect(play.lastFrame()).toBe(trackFrames - 1);
      }),
      { numRuns: 100 },
    );
  });

  it('decode a short round twice and then no more', () => {
    const play = createPlay({ startSeconds: 1, endSeconds: 1.1 });
    for (let round = 0; round < 100; round += 1) {
      play.do({ kind: 'deliver', blocks: 1000 });
      play.do({ kind: 'take', blocks: 5 });
    }
    expect(play.mistake()).toBeNull();
    expect(play.rounds()).toBeGreaterThan(50);
    expect(play.opened()).toBeLessThanOrEqual(3);
  });

  it('end where there is nothing of the track between the points', () => {
    const play = createPlay({ startSeconds: 900, endSeconds: 901 });
    for (let round = 0; round < 100; round += 1) {
      play.do({ kind: 'deliver', blocks: 1000 });
      play.do({ kind: 'take', blocks: 5 });
    }
    expect(play.laps.isFinished()).toBe(true);
    expect(play.lastFrame()).toBe(trackFrames - 1);
  });
});

/** Laps of a track whose frames are numbers, and what ought to come of them. */
function createPlay(first: LoopPoints | null) {
  const streams: NumberedStream[] = [];
  const taken: Block[] = [];
  let loop = first;
  let endFrame = frameOf(first?.endSeconds);
  let expected = 0;
  let rounds = 0;
  let mistake: string | null = null;
  let cleared: { readonly loop: LoopPoints | null; frames: number } = { loop: null, frames: 0 };

  const laps = createLaps({
    sampleRate,
    startSeconds: 0,
    loop: first,
    open: (startSeconds, endSeconds) => {
      const stream = createNumberedStream(
        1,
        lengths,
        frameOf(startSeconds),
        frameOf(endSeconds ?? undefined),
      );
      streams.push(stream);
      return { ...stream, reachAhead: () => undefined, close: () => undefined };
    },
  });

  function take(): void {
    const block = laps.take();
    if (block === undefined) return;
    taken.push(block);
    for (const value of block.planes[0] ?? []) {
      const { frame } = numberOf(value);
      // A very short loop that was cleared may go round for a moment.
      const { loop: before } = cleared;
      if (frame !== expected && expected === frameOf(before?.endSeconds) && cleared.frames > 0) {
        expected = frameOf(before?.startSeconds);
      }
      cleared.frames -= 1;
      if (expected === Math.min(endFrame, trackFrames) && loop !== null) {
        expected = frameOf(loop.startSeconds);
        endFrame = frameOf(loop.endSeconds);
        rounds += 1;
      }
      if (frame !== expected) mistake ??= `${frame} came for ${expected}`;
      expected += 1;
    }
  }

  function act(action: Action): void {
    switch (action.kind) {
      case 'take':
        for (let count = 0; count < action.blocks; count += 1) take();
        return;
      case 'deliver':
        for (const stream of streams) stream.deliver(action.blocks);
        return;
      case 'putBack':
        for (let count = 0; count < action.blocks; count += 1) {
          const block = taken.at(-1);
          // Back over a round's beginning the model does not go.
          if (block === undefined || block.trackFrame + block.frames !== expected) return;
          if (expected - block.frames === frameOf(loop?.startSeconds)) return;
          taken.pop();
          laps.putBack(block);
          expected -= block.frames;
        }
        return;
      case 'loop':
        if (action.loop !== null) cleared.frames = 0;
        else if (loop !== null) cleared = { loop, frames: 2 * bridgeFrames + 1000 };
        loop = action.loop;
        laps.setLoop(loop);
        endFrame = Math.max(frameOf(loop?.endSeconds), expected + bridgeFrames);
    }
  }

  return {
    laps,
    do: act,
    mistake: () => mistake,
    rounds: () => rounds,
    opened: () => streams.length,
    lastFrame: () => expected - 1,
  };
}

function frameOf(seconds = Infinity): number {
  return Math.round(seconds * sampleRate);
}
