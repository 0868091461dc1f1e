/**
 * The text of a sheet, whose encoding nothing states but a byte order mark: UTF-8 or UTF-16 where it
 * can be nothing else, else what its bytes look like most. Never throws.
 */
export function cueText(bytes: Uint8Array): string {
  return (
    marked(bytes) ??
    unmarkedUtf16(bytes) ??
    decoded(bytes, 'utf-8') ??
    japanese(bytes) ??
    (isCyrillic(bytes) ? decoded(bytes, 'windows-1251') : null) ??
    western(bytes)
  );
}

/**
 * Windows-1252. Node decodes it as Latin-1, which has no quotes and dashes: those come from Turkish
 * Windows, whose letters differ.
 */
function western(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\x80-\x9f]+/g, (signs) => lossy(Buffer.from(signs, 'latin1'), 'windows-1254'));
}

function marked(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return lossy(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return lossy(bytes, 'utf-16be');
  const isUtf8 = first === 0xef && second === 0xbb && bytes[2] === 0xbf;
  return isUtf8 ? lossy(bytes, 'utf-8') : null;
}

/** A sheet's words are ASCII, of which UTF-16 makes every other byte zero. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 64);
  const zeros = [0, 1].map((side) => head.filter((byte, at) => at % 2 === side && byte === 0));
  const [even = 0, odd = 0] = zeros.map(({ length }) => length);
  if (even + odd === 0) return null;
  return lossy(bytes, odd >= even ? 'utf-16le' : 'utf-16be');
}

/** Hardly any Japanese title does without kana, whose bytes mean nothing in European sheets. */
function japanese(bytes: Uint8Array): string | null {
  const text = decoded(bytes, 'shift_jis');
  return text !== null && /[\u3041-\u30fa]/.test(text) ? text : null;
}

/** Letters with accents stand alone among others, or by twos; Cyrillic ones stand together. */
function isCyrillic(bytes: Uint8Array): boolean {
  let run = 0;
  let alone = 0;
  let together = 0;
  for (const byte of [...bytes, 0]) {
    if (byte >= 0xc0) {
      run += 1;
      continue;
    }
    if (run >= 3) together += run;
    else alone += run;
    run = 0;
  }
  return together > alone;
}

/** Null when the bytes are none of that encoding, or this build does not know it. */
function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function lossy(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}
