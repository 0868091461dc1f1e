import type { Input, InputAudioTrack } from 'mediabunny';
import { EncodedPacketSink, FLAC, MP3, MP4, OGG, WAVE } from 'mediabunny';
import type { MediaFile } from './media-file.ts';
import { findMp3Start } from './find-frame.ts';
import { readItunesTag } from './mp4-atoms.ts';
import type { Trim } from './trim.ts';
import { noTrim, readItunesTrim, readLameTrim } from './trim.ts';

/** What to cut from the decoded frames of this file, by the rules of its container. */
export async function readTrim(
  file: MediaFile,
  input: Input,
  track: InputAudioTrack,
): Promise<Trim> {
  const format = await input.getFormat();
  switch (format) {
    case MP3:
      return readLameTrim((await findMp3Start(file)).bytes) ?? noTrim;
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
  return { skipFrames: 0, totalFrames, tailFrames: 0 };
}
