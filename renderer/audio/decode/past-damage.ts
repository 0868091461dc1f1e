import type { Piece } from './file-part.ts';
import { MissingFileError } from './media-file.ts';
import { TruncatedFileError } from './shortfall.ts';

/** How far behind the place that can't be decoded the next tries are made. */
const stepsSeconds = [0.1, 0.3, 1, 3];

/** What is damaged more often than this is no music any more. */
const mostPlaces = 20;

/**
 * Goes on behind places that can't be decoded, which become silence of the same length, so that
 * all that follows stays where it was.
 * @param piecesFrom decodes from a place in the file on, in seconds
 * @throws what decoding threw where nothing can be had before or behind the place
 */
export async function* pastDamage(
  piecesFrom: (startSeconds: number) => AsyncIterable<Piece>,
  startSeconds: number,
): AsyncGenerator<Piece, void, void> {
  let last: Piece | null = null;
  let framesDone = 0;
  let silentFrames = 0;
  let places = 0;
  let tries = 0;

  /** What stopped the decoding at this place. */
  let trouble: unknown = null;

  for (;;) {
    try {
      const place: number = startSeconds + (framesDone + silentFrames) / (last?.rate ?? 1);
      const pieces: AsyncIterable<Piece> = piecesFrom(place);
      for await (const piece of pieces) {
        if (silentFrames > 0) yield silence(piece, silentFrames);
        yield piece;
        framesDone += silentFrames + framesOf(piece);
        last = piece;
        silentFrames = 0;
        tries = 0;
        trouble = null;
      }
      // Damage at the very end is no loss; a file that was cut off looks as if it ended there, too.
      if (!(trouble instanceof TruncatedFileError)) return;
    } catch (error) {
      trouble ??= error;
    }
    const step = stepsSeconds[tries];
    if (tries === 0) places += 1;
    if (last === null || step === undefined || places > mostPlaces) throw trouble;
    if (trouble instanceof MissingFileError) throw trouble;
    tries += 1;
    silentFrames = Math.round(step * last.rate);
  }
}

function silence({ planes, rate }: Piece, frames: number): Piece {
  return { rate, planes: planes.map(() => new Float32Array(frames)) };
}

function framesOf({ planes }: Piece): number {
  return planes[0]?.length ?? 0;
}
