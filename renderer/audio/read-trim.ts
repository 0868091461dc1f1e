import type { Input, InputAudioTrack } from 'mediabunny';
import { EncodedPacketSink, FLAC, MP3, MP4, OGG, WAVE } from 'mediabunny';
import type { MediaFile } from './media-file.ts';
import { id3Length, readMp3Frame } from './mp3-frame.ts';
import { readItunesTag } from './mp4-atoms.ts';
import type { Trim } from './trim.ts';
import { noTrim, readItunesTrim, readLameTrim } from './trim.ts';

/** How far behind the tags the first MPEG frame is looked for. */
const junkBytes = 16 * 1024;

/** What to cut from the decoded frames of this file, by the rules of its container. */
export async function readTrim(
  file: MediaFile,
  input: Input,
  track: InputAudioTrack,
): Promise<Trim> {
  const format = await input.getFormat();
  switch (format) {
    case MP3:
      return readLameTrim(await firstMp3Frame(file)) ?? noTrim;
    case MP4:
      return readMp4Trim(file, track);
    case OGG:
      // The last page says how many of its frames count.
      return totalOf(track, await track.computeDuration());
    case FLAC:
    case WAVE:
      return totalOf(track, await track.getDurationFromMetadata());
    default:
      return noTrim;
  }
}

/**
 * How many frames a decoder that starts at a later packet keeps to itself, while its first output
 * carries that packet's time.
 */
export async function swallowedFrames(
  track: InputAudioTrack,
  fromSeconds: number,
): Promise<number> {
  const codec = await track.getCodec();
  if (codec === 'vorbis') {
    // Every packet overlaps the one before: the first completes nothing.
    const packet = await new EncodedPacketSink(track).getKeyPacket(fromSeconds);
    return Math.round((packet?.duration ?? 0) * (await track.getSampleRate()));
  }
  if (codec === 'opus') {
    // The header's pre-skip is dropped, whatever the first packet.
    const head = (await track.getDecoderConfig())?.description;
    return head === undefined ? 0 : readOpusPreSkip(head);
  }
  return 0;
}

/** @see https://www.rfc-editor.org/rfc/rfc7845#section-5.1 */
function readOpusPreSkip(head: AllowSharedBufferSource): number {
  const view = ArrayBuffer.isView(head)
    ? new DataView(head.buffer, head.byteOffset, head.byteLength)
    : new DataView(head);
  return view.byteLength < 12 ? 0 : view.getUint16(10, true);
}

/** With an edit list the priming stands before time 0; without, iTunes' own tag is asked. */
async function readMp4Trim(file: MediaFile, track: InputAudioTrack): Promise<Trim> {
  if ((await track.getFirstTimestamp()) < 0) return totalOf(track, await track.computeDuration());
  const gaps = await readItunesTag(file, 'iTunSMPB');
  return (gaps === null ? null : readItunesTrim(gaps)) ?? noTrim;
}

async function totalOf(track: InputAudioTrack, seconds: number | null): Promise<Trim> {
  if (seconds === null) return noTrim;
  const totalFrames = Math.round(seconds * (await track.getSampleRate()));
  return { skipFrames: 0, totalFrames };
}

/** At least 200 bytes from the first frame on; empty when there is none near the start. */
async function firstMp3Frame(file: MediaFile): Promise<Uint8Array> {
  let start = 0;
  for (let tags = 0; tags < 8; tags += 1) {
    const length = id3Length(await file.bytesAt(start, 10), 0);
    if (length === 0) break;
    start += length;
  }
  const bytes = await file.bytesAt(start, junkBytes);
  const at = bytes.findIndex((byte, index) => byte === 0xff && startsFrame(bytes, index));
  return at === -1 ? new Uint8Array() : bytes.subarray(at);
}

/** A lone sync can be chance; a second one where the first frame ends hardly is. */
function startsFrame(bytes: Uint8Array, at: number): boolean {
  const frame = readMp3Frame(bytes, at);
  if (frame === null) return false;
  const next = at + frame.bytes;
  return next + 4 > bytes.length || readMp3Frame(bytes, next) !== null;
}
