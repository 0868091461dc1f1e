import type { AudioFormat } from '../../../shared/track.ts';
import type { AudioFile } from './audio-file.ts';
import { id3End } from './id3v2.ts';
import { findMpegFrame, mpegSearchBytes } from './mpeg.ts';

const mimeTypes: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  aac: 'audio/aacs',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  aiff: 'audio/aiff',
  wma: 'audio/ms-wma',
  ape: 'audio/ape',
  wavpack: 'audio/wavpack',
  musepack: 'audio/musepack',
  dsf: 'audio/dsf',
  dff: 'audio/dsd',
};

/** By the four letters that a file begins with. */
const marks: Readonly<Record<string, AudioFormat>> = {
  fLaC: 'flac',
  'MAC ': 'ape',
  wvpk: 'wavpack',
  MPCK: 'musepack',
  'MP+\x07': 'musepack',
  'DSD ': 'dsf',
  FRM8: 'dff',
  '0&\xb2u': 'wma',
};

/** Which of our formats the bytes are, whatever the file is called; null: none of them. */
export async function detectFormat(file: AudioFile): Promise<AudioFormat | null> {
  const start = Buffer.from(await file.read(0, 64));
  const at = id3Start(start);
  const head = Buffer.from(await file.read(at, 64));
  const mark = text(head, 0);
  if (mark === 'OggS') return oggFormat(head);
  if (mark === 'RIFF' && text(head, 8) === 'WAVE') return 'wav';
  if (mark === 'FORM' && /^AIF[FC]$/.test(text(head, 8))) return 'aiff';
  if (text(head, 4) === 'ftyp') return 'm4a';
  const known = marks[mark];
  if (known !== undefined) return known;
  const search = Buffer.from(await file.read(at, mpegSearchBytes));
  if (isAdts(search, 0)) return 'aac';
  return findMpegFrame(search) === null ? null : 'mp3';
}

export function mimeTypeOf(format: AudioFormat): string {
  return mimeTypes[format];
}

/** A damaged tag's length is not known: the music is looked for from the beginning. */
export function id3Start(start: Buffer): number {
  try {
    return id3End(start);
  } catch {
    return 0;
  }
}

/** Two frames in a row. https://wiki.multimedia.cx/index.php/ADTS */
function isAdts(bytes: Buffer, at: number, count = 2): boolean {
  if (count === 0) return true;
  if (at + 7 > bytes.length || (bytes.readUInt16BE(at) & 0xfff6) !== 0xfff0) return false;
  const length = (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff;
  return length > 7 && isAdts(bytes, at + length, count - 1);
}

function oggFormat(firstPage: Buffer): AudioFormat | null {
  const packet = 27 + (firstPage[26] ?? 0);
  if (firstPage.toString('latin1', packet, packet + 8) === 'OpusHead') return 'opus';
  return firstPage.toString('latin1', packet + 1, packet + 7) === 'vorbis' ? 'ogg' : null;
}

function text(bytes: Buffer, from: number): string {
  return bytes.toString('latin1', from, from + 4);
}
