/** What a picture's first bytes say of it, whatever its server says. */
export interface PictureHead {
  readonly format: 'png' | 'jpg' | 'webp';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** @returns null for what is none of these formats, or too damaged to say how large it is */
export function readPictureHead(bytes: Uint8Array): PictureHead | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return pngHead(file) ?? jpegHead(file) ?? webpHead(file);
  } catch (error) {
    // It ends before what it is read for.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function textAt(file: Buffer, from: number, length: number): string {
  return file.toString('latin1', from, from + length);
}

/** https://www.w3.org/TR/png-3/#11IHDR */
function pngHead(file: Buffer): PictureHead | null {
  if (textAt(file, 0, 8) !== '\x89PNG\r\n\x1a\n' || textAt(file, 12, 4) !== 'IHDR') return null;
  return { format: 'png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** ITU-T T.81, B.2: segments up to the frame's. */
function jpegHead(file: Buffer): PictureHead | null {
  if (textAt(file, 0, 2) !== '\xff\xd8') return null;
  for (let at = 2; file.readUInt8(at) === 0xff; at += 2 + file.readUInt16BE(at + 2)) {
    while (file.readUInt8(at + 1) === 0xff) at += 1;
    const marker = file.readUInt8(at + 1);
    // Those of 0xC0 to 0xCF that begin no frame are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (!isFrame) continue;
    return { format: 'jpg', height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
  }
  return null;
}

/** RFC 9649: lossy, lossless, or a canvas with more to come. */
function webpHead(file: Buffer): PictureHead | null {
  if (textAt(file, 0, 4) !== 'RIFF' || textAt(file, 8, 4) !== 'WEBP') return null;
  switch (textAt(file, 12, 4)) {
    case 'VP8 ':
      return {
        format: 'webp',
        width: file.readUInt16LE(26) & 0x3fff,
        height: file.readUInt16LE(28) & 0x3fff,
      };
    case 'VP8L': {
      const sides = file.readUInt32LE(21);
      return { format: 'webp', width: (sides & 0x3fff) + 1, height: ((sides >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return {
        format: 'webp',
        width: file.readUIntLE(24, 3) + 1,
        height: file.readUIntLE(27, 3) + 1,
      };
    default:
      return null;
  }
}
