import type { FilePart } from '../../../shared/track-sound.ts';
import type { Planes } from './decode-messages.ts';
import { complainOfShortfall } from './shortfall.ts';

/** A run of decoded frames. */
export interface Piece {
  readonly planes: Planes;
  /** In hertz; the file's own. */
  readonly rate: number;
}

/**
 * Of the music from a place in a part on, what belongs to the part. Its end is counted as the next
 * part's beginning is, so that the two join without a sample between them.
 * @param pieces from that place on
 * @param startSeconds the place, counted from the part's beginning
 * @throws TruncatedFileError after all pieces, when the file ends before the part
 */
export async function* withinPart(
  pieces: AsyncIterable<Piece>,
  part: FilePart,
  startSeconds: number,
): AsyncGenerator<Piece, void, void> {
  const { startSeconds: from, endSeconds } = part;
  let missingSeconds = 0;
  let passed = 0;
  for await (const piece of pieces) {
    const { planes, rate } = piece;
    const frames = planes[0]?.length ?? 0;
    const end = endSeconds === null ? Infinity : Math.round(endSeconds * rate);
    const left = end - Math.round((from + startSeconds) * rate) - passed;
    if (left <= 0) return;
    yield frames <= left ? piece : { rate, planes: planes.map((all) => all.subarray(0, left)) };
    if (frames >= left) return;
    passed += frames;
    missingSeconds = (left - frames) / rate;
  }
  complainOfShortfall(missingSeconds);
}
