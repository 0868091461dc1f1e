import { viewOf } from './data-view.ts';
import type { DsdSource } from './dsd.ts';
import { openDsd } from './dsd.ts';
import { concatenate, turnBits } from './dsd-bits.ts';
import type { PcmTrack } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';

/**
 * DSF: the channels take turns in blocks of 4096 bytes.
 * @throws when its header can't be used
 * @see https://dsd-guide.com/sites/default/files/white-papers/DSFFileFormatSpec_E.pdf
 */
export async function openDsf(file: Bytes, startByte: number): Promise<PcmTrack> {
  const head = await file.bytesAt(startByte, 92);
  if (head.length < 92) throw new Error('The DSF header is too short.');
  const view = viewOf(head);
  const channels = view.getUint32(52, true);
  const bitsPerSample = view.getUint32(60, true);
  const blockBytes = view.getUint32(72, true);
  const soundBytes = Number(view.getBigUint64(84, true)) - 12;
  const sound =
    view.getUint32(44, true) === 0 &&
    channels >= 1 &&
    channels <= 6 &&
    (bitsPerSample === 1 || bitsPerSample === 8) &&
    blockBytes >= 1 &&
    blockBytes <= 1 << 20;
  if (!sound) throw new Error('The DSF header makes no sense.');
  const dataStart = startByte + 92;
  const written = Math.floor(Math.min(soundBytes, file.size - dataStart) / channels);
  const named = Math.ceil(Number(view.getBigUint64(64, true)) / 8);

  const channelBytes: DsdSource['channelBytes'] = async (from, until) => {
    const parts: Uint8Array[][] = Array.from({ length: channels }, () => []);
    for (let at = from; at < until;) {
      const block = Math.floor(at / blockBytes);
      const offset = at - block * blockBytes;
      const count = Math.min(until - at, blockBytes - offset);
      for (const [channel, list] of parts.entries()) {
        const place = dataStart + (block * channels + channel) * blockBytes + offset;
        const bytes = await file.bytesAt(place, count);
        list.push(bitsPerSample === 1 ? turnBits(bytes) : bytes.slice());
      }
      at += count;
    }
    return parts.map(concatenate);
  };

  return openDsd({
    bitRate: view.getUint32(56, true),
    totalBytes: named === 0 ? written : named,
    channelBytes,
  });
}
