import type { AudioFormat } from '../../../shared/track.ts';
import type { AudioFile } from './audio-file.ts';
import { findMpegFrame, mpegSearchBytes } from './mpeg-frames.ts';

const mimeTypes: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  aiff: 'audio/aiff',
  wma: 'audio/x-ms-wma',
  ape: 'audio/ape',
  wavpack: 'audio/wavpack',
  musepack: 'audio/musepack',
  dsf: 'audio/dsf',
};

/** Which of our formats the bytes are, whatever the file is called; null: none of them. */
export async function detectFormat(file: AudioFile): Promise<AudioFormat | null> {
  const start = await file.read(0, 64);
  const id3 = id3Bytes(start);
  const head = Uint8Array.from(await file.read(id3, 64));
  if (ascii(head, 0, 4) === 'fLaC') return 'flac';
  if (ascii(head, 0, 4) === 'OggS') return oggFormat(head);
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WAVE') return 'wav';
  if (ascii(head, 4, 4) === 'ftyp') return 'm4a';
  return findMpegFrame(await file.read(id3, mpegSearchBytes)) === null ? null : 'mp3';
}

export function mimeTypeOf(format: AudioFormat): string {
  return mimeTypes[format];
}

/** Length of an ID3v2 tag at the start, 0 without one. https://id3.org/id3v2.4.0-structure § 3.1 */
export function id3Bytes(bytes: Uint8Array): number {
  if (ascii(bytes, 0, 3) !== 'ID3' || bytes.length < 10) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127);
}

function oggFormat(firstPage: Uint8Array): AudioFormat | null {
  const packet = 27 + (firstPage[26] ?? 0);
  if (ascii(firstPage, packet, 8) === 'OpusHead') return 'opus';
  return ascii(firstPage, packet + 1, 6) === 'vorbis' ? 'ogg' : null;
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
