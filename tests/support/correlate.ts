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
  const last = Math.min(until, haystack.length - needle.length + 1);
  for (let at = Math.max(0, from); at < last; at += 1) {
    const likeness = likenessAt(needle, haystack, at);
    if (likeness > best.likeness) best = { at, likeness };
  }
  return best;
}

function likenessAt(needle: ArrayLike<number>, haystack: ArrayLike<number>, at: number): number {
  let product = 0;
  let needlePower = 0;
  let power = 0;
  for (let index = 0; index < needle.length; index += 1) {
    const wanted = needle[index] ?? 0;
    const heard = haystack[at + index] ?? 0;
    product += wanted * heard;
    needlePower += wanted * wanted;
    power += heard * heard;
  }
  return power === 0 ? 0 : product / Math.sqrt(power * needlePower);
}
