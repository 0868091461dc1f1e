import type { Planes } from '../decode/decode-messages.ts';

/** A file of a format that Chromium can't play, opened by a decoder of our own. */
export interface PcmTrack {
  /** In hertz. */
  readonly sampleRate: number;
  /** Null: known only when the end is reached. */
  readonly totalFrames: number | null;
  /**
   * Decodes from a place on, frame 0 being the first of the music. The first run may begin before
   * the place; where one does not follow the one before, what lies between could not be decoded.
   * @throws when nothing more can be had, although more should come
   */
  readonly decodeFrom: (frame: number) => AsyncGenerator<Run, void, void>;
}

/** Decoded frames and where they belong. */
export interface Run {
  readonly firstFrame: number;
  readonly planes: Planes;
}

/** After so many damaged frames in a row there is no music to be expected. */
const mostDamagedInARow = 50;

/** So many frames of silence at most are made at once where music is missing. */
const silenceFrames = 16_384;

/**
 * The music from a place to its end, without a gap: what could not be decoded is silent, so that
 * what follows stays in its place.
 */
export async function* framesFrom(
  track: PcmTrack,
  startFrame: number,
): AsyncGenerator<Planes, void, void> {
  const endFrame = track.totalFrames ?? Infinity;
  let reached = startFrame;
  for await (const { firstFrame, planes } of track.decodeFrom(startFrame)) {
    const end = Math.min(endFrame, firstFrame + framesOf(planes));
    while (reached < Math.min(firstFrame, end)) {
      const count = Math.min(silenceFrames, firstFrame - reached);
      yield planes.map(() => new Float32Array(count));
      reached += count;
    }
    if (end > reached) {
      yield planes.map((plane) => plane.slice(reached - firstFrame, end - firstFrame));
      reached = end;
    }
    if (reached >= endFrame) return;
  }
}

/** Decodes frame by frame, and goes on behind what is damaged. */
export interface Tolerance {
  /**
   * What `decode` gives; null where it throws.
   * @throws the error of `decode` when too many in a row are damaged
   */
  readonly attempt: <T>(decode: () => T) => T | null;
}

export function createTolerance(): Tolerance {
  let damagedInARow = 0;
  return {
    attempt: (decode) => {
      try {
        const decoded = decode();
        damagedInARow = 0;
        return decoded;
      } catch (error) {
        damagedInARow += 1;
        if (damagedInARow >= mostDamagedInARow) throw error;
        return null;
      }
    },
  };
}

function framesOf(planes: Planes): number {
  return planes[0]?.length ?? 0;
}
