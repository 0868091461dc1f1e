import type { LoopPoints } from '../../shared/track-sound.ts';
import { head, placeIn } from './decode/blocks.ts';
import type { Block } from './decode/decode-messages.ts';
import type { BlockStream } from './decode/decoder.ts';

/** The blocks of one play: through the track once, or round after round within two points of it. */
export interface Laps extends BlockStream {
  /**
   * What was not taken yet goes by these points, without a gap. A round that would be over by now
   * lasts a moment longer, and very short ones go on for a moment: what follows is to be decoded.
   */
  readonly setLoop: (loop: LoopPoints | null) => void;
}

export interface LapsOptions {
  readonly open: (startSeconds: number, endSeconds: number | null) => BlockStream;
  readonly sampleRate: number;
  /** Where to begin: in front of the loop's end. */
  readonly startSeconds: number;
  readonly loop: LoopPoints | null;
}

/** Rounds up to this length are decoded twice and then kept: 4 MB at the most. */
const keptSeconds = 10;

/** Enough to open a file, find the place in it and decode. */
const bridgeSeconds = 0.4;

const veryShortSeconds = 1;

type Source = Omit<BlockStream, 'putBack'>;

/** Without a jump: all but the last end where the next one goes on. */
interface Run {
  readonly source: Source;
  readonly take: () => Block | undefined;
  /** Place in the track of the frame that comes next. */
  readonly frame: () => number;
  /** Where it ends, if the track does not end before. */
  readonly endFrame: () => number;
  readonly shorten: (endFrame: number) => void;
  readonly isFinished: () => boolean;
  /** It begins a round. */
  readonly isRound: boolean;
}

export function createLaps({ open, sampleRate, startSeconds, loop: atStart }: LapsOptions): Laps {
  let loop = atStart;
  let aheadSeconds = 0;
  /** Given back without having been played: they come first. */
  let returned: Block[] = [];
  let nextFrame = frameAt(startSeconds);
  /** A short round, once it was decoded as a whole. */
  let round: readonly Block[] | null = null;
  let runs: Run[] = [runFrom(nextFrame, endOf(loop))];
  addRound();

  function frameAt(seconds: number): number {
    return Math.round(seconds * sampleRate);
  }

  function endOf(points: LoopPoints | null): number {
    return points === null ? Infinity : frameAt(points.endSeconds);
  }

  function decode(startFrame: number, endFrame: number): BlockStream {
    const endSeconds = endFrame === Infinity ? null : endFrame / sampleRate;
    const stream = open(startFrame / sampleRate, endSeconds);
    stream.reachAhead(aheadSeconds);
    return stream;
  }

  function runFrom(startFrame: number, endFrame: number): Run {
    return createRun(decode(startFrame, endFrame), startFrame, endFrame, false);
  }

  /** The round behind the one that is being taken is always on its way. */
  function addRound(): void {
    if (loop === null || runs.slice(1).some((run) => run.isRound)) return;
    const [startFrame, endFrame] = [frameAt(loop.startSeconds), endOf(loop)];
    runs.push(createRun(roundOf(loop), startFrame, endFrame, true));
  }

  function roundOf(points: LoopPoints): Source {
    if (round !== null) return sourceOf(round);
    const stream = decode(frameAt(points.startSeconds), endOf(points));
    if (points.endSeconds - points.startSeconds > keptSeconds) return stream;
    return recording(stream, endOf(points), (blocks) => {
      if (loop === points) round = blocks;
    });
  }

  function take(): Block | undefined {
    const block = returned.shift() ?? takeFromRuns();
    if (block !== undefined) nextFrame = placeIn(block, block.frames);
    return block;
  }

  function takeFromRuns(): Block | undefined {
    for (;;) {
      const [run] = runs;
      const block = run?.take();
      if (block !== undefined) return block;
      if (run === undefined || !run.isFinished() || isLast(run)) return undefined;
      run.source.close();
      runs.shift();
      addRound();
    }
  }

  /** Also when it broke, or when nothing of the track lies between the points. */
  function isLast(run: Run): boolean {
    const isEmptyRound = loop !== null && run.isRound && run.frame() === frameAt(loop.startSeconds);
    return runs.length === 1 || run.source.failure() !== null || isEmptyRound;
  }

  function setLoop(points: LoopPoints | null): void {
    const goesOnFor = points === null && isVeryShort(loop) ? frameAt(bridgeSeconds) : 0;
    loop = points;
    round = null;
    const soonest = nextFrame + frameAt(bridgeSeconds);
    const limit = points === null ? Infinity : Math.max(endOf(points), soonest);
    const kept = untilJump(returned, nextFrame, goesOnFor);
    const last = kept.at(-1);
    let end = last === undefined ? nextFrame : placeIn(last, last.frames);
    returned = points === null ? [...kept] : [];
    const chain =
      points === null ? [] : [createRun(sourceOf(kept), nextFrame, Math.min(end, limit), false)];
    for (const run of runs) {
      if (run.isFinished() || !isNear(run.frame(), end) || end >= limit) run.source.close();
      else {
        run.shorten(limit);
        end = run.endFrame();
        chain.push(run);
      }
    }
    if (end < limit) chain.push(runFrom(end, limit));
    runs = chain;
    addRound();
  }

  return {
    take,
    putBack: (block) => {
      returned.unshift(block);
      nextFrame = block.trackFrame;
    },
    release: (frames) => {
      runs[0]?.source.release(frames);
    },
    reachAhead: (seconds) => {
      aheadSeconds = Math.max(aheadSeconds, seconds);
      for (const { source } of runs) source.reachAhead(aheadSeconds);
    },
    remainingFrames: () => {
      const remaining = runs.map(({ source }) => source.remainingFrames());
      if (loop !== null || remaining.includes(null)) return null;
      return remaining.reduce<number>((sum, frames) => sum + (frames ?? 0), framesOf(returned));
    },
    isFinished: () => {
      const [run] = runs;
      return returned.length === 0 && run !== undefined && run.isFinished() && isLast(run);
    },
    failure: () => runs[0]?.source.failure() ?? null,
    close: () => {
      for (const { source } of runs) source.close();
    },
    setLoop,
  };
}

function createRun(source: Source, startFrame: number, endFrame: number, isRound: boolean): Run {
  let frame = startFrame;
  let limit = endFrame;

  function take(): Block | undefined {
    if (frame >= limit) return undefined;
    const block = source.take();
    if (block === undefined) return undefined;
    const frames = Math.min(block.frames, Math.round((limit - block.trackFrame) / block.speed));
    const taken = frames < block.frames ? head(block, frames) : block;
    frame = placeIn(taken, frames);
    return frames > 0 ? taken : undefined;
  }

  return {
    source,
    take,
    frame: () => frame,
    endFrame: () => limit,
    shorten: (until) => {
      limit = Math.min(limit, until);
    },
    isFinished: () => frame >= limit || source.isFinished(),
    isRound,
  };
}

/** Blocks that are there already. */
function sourceOf(blocks: readonly Block[]): Source {
  const left = [...blocks];
  return {
    take: () => left.shift(),
    release: () => undefined,
    reachAhead: () => undefined,
    remainingFrames: () => framesOf(left),
    isFinished: () => left.length === 0,
    failure: () => null,
    close: () => undefined,
  };
}

/** Tells of all blocks once the last one was taken: that the stream is over it says only later. */
function recording(
  source: Source,
  endFrame: number,
  tell: (blocks: readonly Block[]) => void,
): Source {
  const blocks: Block[] = [];
  return {
    ...source,
    take: () => {
      const block = source.take();
      if (block === undefined) return undefined;
      blocks.push(block);
      const isWhole = isNear(placeIn(block, block.frames), endFrame) || source.isFinished();
      if (isWhole && source.failure() === null) tell(blocks);
      return block;
    },
  };
}

/** The blocks up to the end of the round that they begin in, or, so many frames on, of another. */
function untilJump(
  blocks: readonly Block[],
  fromFrame: number,
  leastFrames: number,
): readonly Block[] {
  let frame = fromFrame;
  let frames = 0;
  const jump = blocks.findIndex((block) => {
    const jumps = !isNear(block.trackFrame, frame) && frames >= leastFrames;
    frame = placeIn(block, block.frames);
    frames += block.frames;
    return jumps;
  });
  return jump === -1 ? blocks : blocks.slice(0, jump);
}

/** Too short for what follows to be decoded within a round. */
function isVeryShort(loop: LoopPoints | null): boolean {
  return loop !== null && loop.endSeconds - loop.startSeconds < veryShortSeconds;
}

/** Places of stretched blocks are not whole. */
function isNear(frame: number, other: number): boolean {
  return Math.abs(frame - other) < 1;
}

function framesOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { frames }) => sum + frames, 0);
}
