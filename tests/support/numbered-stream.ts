import type { Block } from '../../renderer/audio/decode/decode-messages.ts';
import type { BlockStream } from '../../renderer/audio/decode/decoder.ts';

/** A stream whose samples are numbers, so that none can be missing or doubled unseen. */
export interface NumberedStream extends Pick<
  BlockStream,
  'take' | 'putBack' | 'release' | 'remainingFrames' | 'isFinished' | 'failure'
> {
  readonly id: number;
  /** Lets blocks arrive; the end arrives with the last. Returns how many did. */
  readonly deliver: (blocks: number) => number;
}

/** Longest stream whose numbers a 32-bit sample still tells apart, with some hundred of them. */
const mostFrames = 100_000;

/** @param lengths of the track's blocks; the stream begins at `startFrame` in it */
export function createNumberedStream(
  id: number,
  lengths: readonly number[],
  startFrame: number,
  endFrame = Infinity,
): NumberedStream {
  const coming: Block[] = [];
  let at = 0;
  for (const length of lengths) {
    const begin = Math.max(at, startFrame);
    at += length;
    const end = Math.min(at, endFrame);
    if (end > begin) coming.push(numberedBlock(id, begin, end - begin));
  }
  const arrived: Block[] = [];
  return {
    id,
    deliver: (blocks) => {
      const some = coming.splice(0, blocks);
      arrived.push(...some);
      return some.length;
    },
    take: () => arrived.shift(),
    putBack: (block) => void arrived.unshift(block),
    release: () => undefined,
    remainingFrames: () =>
      coming.length > 0 ? null : arrived.reduce((sum, { frames }) => sum + frames, 0),
    isFinished: () => coming.length === 0 && arrived.length === 0,
    failure: () => null,
  };
}

/** Which stream a sample came from, and which frame of its track it is. */
export function numberOf(value: number): { readonly stream: number; readonly frame: number } {
  return { stream: Math.floor(value / mostFrames), frame: value % mostFrames };
}

function numberedBlock(id: number, trackFrame: number, frames: number): Block {
  const plane = Float32Array.from({ length: frames }, (_, frame) => {
    return id * mostFrames + trackFrame + frame;
  });
  return { planes: [plane], frames, trackFrame, speed: 1 };
}
