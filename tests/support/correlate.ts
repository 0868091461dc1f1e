/** Where `needle` lies in `haystack`, and how like it is there: 1 is the same but for loudness. */
export interface Found {
  readonly at: number;
  readonly likeness: number;
}

/** Looks at every place from `from` up to, not including, `until`. */
export function find(
  needle: ArrayLike<number>,
  haystack: ArrayLike<number>,
  from: number,
  until: number,
): Found {
  let best: Found = { at: -1, likeness: -1 };
  const [wanted, heard] = [Float64Array.from(needle), Float64Array.from(haystack)];
  const power = powerUpTo(heard);
  const wantedPower = powerUpTo(wanted)[wanted.length] ?? 0;
  const last = Math.min(until, heard.length - wanted.length + 1);
  for (let at = Math.max(0, from); at < last; at += 1) {
    const ownPower = (power[at + wanted.length] ?? 0) - (power[at] ?? 0);
    const likeness =
      ownPower > 0 ? product(wanted, heard, at) / Math.sqrt(ownPower * wantedPower) : 0;
    if (likeness > best.likeness) best = { at, likeness };
  }
  return best;
}

/** Of all samples in front of each place, and in the end of all. */
function powerUpTo(samples: Float64Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  samples.forEach((sample, at) => (sums[at + 1] = (sums[at] ?? 0) + sample * sample));
  return sums;
}

function product(needle: Float64Array, haystack: Float64Array, at: number): number {
  let sum = 0;
  for (let index = 0; index < needle.length; index += 1) {
    sum += (needle[index] ?? 0) * (haystack[at + index] ?? 0);
  }
  return sum;
}

/** The music on both sides of a join as it ought to sound, and how like a recording has to be. */
export interface WantedJoin {
  readonly signal: Int16Array;
  /** Of the signal: where the second track begins. */
  readonly cutFrame: number;
  /** Looked at on each side. */
  readonly aroundFrames: number;
  readonly likeness: number;
}

/**
 * What a recording says of the join: how many frames too many (or, negative, too few) lie between
 * both tracks. Null when it says nothing: somewhere else than between the two, where the player had
 * nothing to do, sound is missing, so the recording itself was disturbed.
 */
export function joinErrorIn(
  recording: ArrayLike<number>,
  { signal, cutFrame, aroundFrames, likeness }: WantedJoin,
): number | null {
  const heard = Float64Array.from(recording);
  const before = offsetOf(signal.subarray(cutFrame - aroundFrames, cutFrame), heard, likeness);
  const after = offsetOf(signal.subarray(cutFrame, cutFrame + aroundFrames), heard, likeness);
  return before === null || after === null ? null : after - before - aroundFrames;
}

/** Small enough that a short gap makes one of them unlike. */
const pieceFrames = 512;

/** Where all of the part lies in the recording in one piece; null: nowhere. */
function offsetOf(part: Int16Array, heard: Float64Array, leastLikeness: number): number | null {
  const pieces = Math.floor(part.length / pieceFrames);
  const middle = Math.floor(pieces / 2) * pieceFrames;
  const needle = part.subarray(middle, middle + pieceFrames);
  const offset = find(needle, heard, 0, heard.length).at - middle;
  if (offset < 0) return null;
  for (let piece = 0; piece <= pieces; piece += 1) {
    // The last one ends where the part does.
    const at = Math.min(piece * pieceFrames, part.length - pieceFrames);
    const wanted = part.subarray(at, at + pieceFrames);
    const there = heard.subarray(offset + at, offset + at + pieceFrames);
    if (find(wanted, there, 0, 1).likeness < leastLikeness) return null;
  }
  return offset;
}
