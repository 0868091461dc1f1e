/** A file that ends this much before its own tags say was cut off. */
const toleratedSeconds = 1;

/** The file ends before its own tags say. */
export class TruncatedFileError extends Error {}

/** @throws TruncatedFileError when so much of the end is missing that it will have been heard */
export function complainOfShortfall(missingSeconds: number): void {
  if (Number.isFinite(missingSeconds) && missingSeconds > toleratedSeconds) {
    throw new TruncatedFileError(`The file ends ${missingSeconds.toFixed(1)} s too soon.`);
  }
}
