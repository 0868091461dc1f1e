import type { Planes } from './decode-messages.ts';
import { complainOfShortfall } from './shortfall.ts';

/** A run of decoded frames. */
export interface Piece {
  readonly planes: Planes;
  /** In hertz; the file's own. */
  readonly rate: number;
}

/** Counting takes a moment, which is had while so much is still to be decoded. */
const countedAheadSeconds = 10;

/**
 * Of the music from a place in a file on, what lies before another: the end of a part, which is
 * where the next one begins, so that both join without a sample between them.
 * @param pieces from the first place on
 * @param count how many samples lie between the two, in files whose places are estimated; null: the
 * places are exact
 * @throws TruncatedFileError after all pieces, when the file ends before the second place
 */
export async function* upTo(
  pieces: AsyncIterable<Piece>,
  startSeconds: number,
  endSeconds: number,
  count: () => Promise<number | null>,
): AsyncGenerator<Piece, void, void> {
  let counted: number | null | undefined;
  let passed = 0;
  let missingSeconds = 0;
  for await (const piece of pieces) {
    const { planes, rate } = piece;
    const frames = planes[0]?.length ?? 0;
    const wanted = Math.round(endSeconds * rate) - Math.round(startSeconds * rate);
    const isNear = wanted - passed - frames < countedAheadSeconds * rate;
    if (isNear && counted === undefined) counted = await count();
    const left = (counted ?? wanted) - passed;
    if (left > 0) {
      yield frames <= left ? piece : { rate, planes: planes.map((all) => all.subarray(0, left)) };
    }
    if (frames >= left) return;
    passed += frames;
    missingSeconds = (left - frames) / rate;
  }
  complainOfShortfall(missingSeconds);
}
