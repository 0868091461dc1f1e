import type { Block, Planes } from './decode-messages.ts';

/** The first block is short, so that sound begins soon; later ones spare messages. */
const firstBlockSeconds = 0.06;
const fullBlockSeconds = 0.25;

export interface BlockBuilder {
  /** Takes the frames in and gives the blocks that they fill. */
  readonly push: (planes: Planes) => readonly Block[];
  /** What is left, possibly nothing. */
  readonly finish: () => readonly Block[];
}

/**
 * Cuts decoded frames into blocks that double in length up to the full one.
 * @param trackFrame place in the track of the first frame that will be pushed
 * @param speed frames of the track that each pushed frame stands for
 */
export function createBlockBuilder(
  sampleRate: number,
  trackFrame: number,
  speed: number,
): BlockBuilder {
  const fullFrames = Math.round(fullBlockSeconds * sampleRate);
  let nextFrame = trackFrame;
  let goalFrames = Math.round(firstBlockSeconds * sampleRate);
  let filled: Float32Array<ArrayBuffer>[] = [];
  let filledFrames = 0;

  function push(planes: Planes): readonly Block[] {
    const blocks: Block[] = [];
    const total = planes[0]?.length ?? 0;
    for (let used = 0; used < total;) {
      if (filled.length === 0) filled = planes.map(() => new Float32Array(goalFrames));
      const count = Math.min(total - used, goalFrames - filledFrames);
      filled.forEach((plane, channel) => {
        plane.set(planes[channel]?.subarray(used, used + count) ?? [], filledFrames);
      });
      used += count;
      filledFrames += count;
      if (filledFrames === goalFrames) blocks.push(...finish());
    }
    return blocks;
  }

  function finish(): readonly Block[] {
    if (filledFrames === 0) return [];
    const planes = filled.map((plane) =>
      filledFrames === plane.length ? plane : plane.slice(0, filledFrames),
    );
    const block: Block = { planes, frames: filledFrames, trackFrame: nextFrame, speed };
    nextFrame += filledFrames * speed;
    goalFrames = Math.min(2 * goalFrames, fullFrames);
    filled = [];
    filledFrames = 0;
    return [block];
  }

  return { push, finish };
}

/** Of the track, after so many frames of the block. */
export function placeIn({ trackFrame, speed }: Block, frames: number): number {
  return trackFrame + frames * speed;
}

/** The block without its first frames. */
export function rest(block: Block, playedFrames: number): Block {
  if (playedFrames === 0) return block;
  return {
    planes: block.planes.map((plane) => plane.subarray(playedFrames)),
    frames: block.frames - playedFrames,
    trackFrame: placeIn(block, playedFrames),
    speed: block.speed,
  };
}

/** The block without what lies behind its first frames. */
export function head(block: Block, frames: number): Block {
  return { ...block, planes: block.planes.map((plane) => plane.subarray(0, frames)), frames };
}
