import type { AudioFile } from './audio-file.ts';

/** The last page lies within the file's last 64 KiB: no page is larger. */
const longestPageBytes = 65_307;

/**
 * Seconds of an Ogg Vorbis or Opus file, by the position that its last page carries, so that the
 * pages between need not be read. https://www.rfc-editor.org/rfc/rfc3533#section-6
 * @returns null when the file has no such page
 */
export async function oggSeconds(file: AudioFile, format: 'ogg' | 'opus'): Promise<number | null> {
  const first = view(Uint8Array.from(await file.read(0, 128)));
  const serial = first.getUint32(14, true);
  const packet = 27 + first.getUint8(26);
  // Opus counts in 48 kHz whatever went in, and the listener never hears the first samples.
  // https://www.rfc-editor.org/rfc/rfc7845#section-5.1
  const hertz = format === 'opus' ? 48_000 : first.getUint32(packet + 12, true);
  const preSkip = format === 'opus' ? first.getUint16(packet + 10, true) : 0;

  const start = Math.max(0, file.size - longestPageBytes);
  const end = Buffer.from(await file.read(start, longestPageBytes));
  for (let at = end.lastIndexOf('OggS'); at >= 0; at = end.lastIndexOf('OggS', at - 1)) {
    if (at + 27 <= end.length && end.readUInt32LE(at + 14) === serial) {
      const samples = Number(end.readBigInt64LE(at + 6)) - preSkip;
      if (samples > 0 && hertz > 0) return samples / hertz;
    }
    if (at === 0) break;
  }
  return null;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
