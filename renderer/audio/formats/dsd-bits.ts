/** Every byte with its bits in the other order. */
const turned = Uint8Array.from({ length: 256 }, (_, byte) => {
  let value = 0;
  for (let bit = 0; bit < 8; bit += 1) value |= ((byte >> bit) & 1) << (7 - bit);
  return value;
});

/** The same bytes, each with its bits in the other order. */
export function turnBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => turned[byte] ?? 0);
}

/** One-bit sound played backwards. */
export function playedBackwards(bytes: Uint8Array): Uint8Array {
  return turnBits(bytes).reverse();
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
