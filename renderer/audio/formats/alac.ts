import type { InputAudioTrack } from 'mediabunny';
import { EncodedPacketSink } from 'mediabunny';
import type { MediaFile } from '../decode/media-file.ts';
import { readSampleDescriptions } from '../decode/mp4-atoms.ts';
import type { AlacHeader } from './alac-frame.ts';
import { decodeAlacFrame, readAlacHeader } from './alac-frame.ts';
import type { PcmTrack } from './pcm-track.ts';
import { createTolerance } from './pcm-track.ts';

/** Size, name and version of the atom that holds the header. */
const headerMark = '\0\0\0\x24alac\0\0\0\0';

/**
 * Apple Lossless in MPEG-4: the container's table says where every frame lies.
 * @throws when its header can't be used
 */
export async function openAlac(file: MediaFile, track: InputAudioTrack): Promise<PcmTrack> {
  const header = await findHeader(file);
  const { sampleRate } = header;
  const packets = new EncodedPacketSink(track);
  const duration = await track.computeDuration();

  async function* decodeFrom(frame: number) {
    const { attempt } = createTolerance();
    // Half a frame later, since times are rounded.
    const start = await packets.getPacket((frame + 0.5) / sampleRate);
    for await (const { data, timestamp } of packets.packets(start ?? undefined)) {
      const planes = attempt(() => decodeAlacFrame(data, header));
      if (planes !== null) yield { firstFrame: Math.round(timestamp * sampleRate), planes };
    }
  }

  return { sampleRate, totalFrames: Math.round(duration * sampleRate), decodeFrom };
}

async function findHeader(file: MediaFile): Promise<AlacHeader> {
  for (const bytes of await readSampleDescriptions(file)) {
    const at = String.fromCharCode(...bytes).indexOf(headerMark);
    const header = at === -1 ? null : readAlacHeader(bytes.subarray(at + headerMark.length));
    if (header !== null) return header;
  }
  throw new Error('The ALAC header can’t be read.');
}
