/** @throws when there are fewer bytes than that */
export function viewOf(bytes: Uint8Array, atLeast = 0): DataView {
  if (bytes.length < atLeast) throw new Error('The file ends too soon.');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The same in words of four bytes, each turned round; what is missing of the last one is zeros. */
export function turnWords(bytes: Uint8Array): Uint8Array {
  const turned = new Uint8Array((bytes.length + 3) & ~3);
  bytes.forEach((byte, at) => (turned[at ^ 3] = byte));
  return turned;
}
