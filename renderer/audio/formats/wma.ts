import type { Planes } from '../decode/decode-messages.ts';
import type { AsfAudio } from './asf.ts';
import { openAsf } from './asf.ts';
import type { PcmTrack, Run } from './pcm-track.ts';
import { createTolerance } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';
import type { WmaModule } from './wma-module.ts';
import { createWmaModule } from './wma-module.ts';

/** Versions 1 and 2, Professional and Lossless. Others are for speech. */
const codecs = [0x160, 0x161, 0x162, 0x163];
const mostChannels = 8;

/** A block may begin in the middle of a frame, and frames overlap: so much is decoded in front. */
const runUpSeconds = 0.5;

/** All frames are of a multiple of so many samples, while times are in milliseconds. */
const gridFrames = 512;
const roundingSeconds = 0.002;

/** When times and counted frames are so far apart, something is missing in between. */
const missingSeconds = 0.25;

/**
 * Windows Media Audio.
 * @throws when it is of a codec that is not known, or its header can't be used
 */
export async function openWma(file: Bytes, startByte: number): Promise<PcmTrack> {
  const { audio, objectsFrom } = await openAsf(file, startByte);
  const { sampleRate, channels, blockBytes, seconds } = audio;
  const sound =
    codecs.includes(audio.codec) &&
    channels >= 1 &&
    channels <= mostChannels &&
    sampleRate >= 1 &&
    sampleRate <= 768_000 &&
    blockBytes >= 1;
  if (!sound) throw new Error('This kind of Windows Media Audio is not known here.');

  async function* decodeFrom(frame: number): AsyncGenerator<Run, void, void> {
    const { attempt } = createTolerance();
    const decode = createBlockDecoder(await createWmaModule(), audio);
    let reached: number | null = null;
    for await (const object of objectsFrom(Math.max(0, frame / sampleRate - runUpSeconds))) {
      const place = placeOf(object.seconds, sampleRate);
      reached ??= place;
      if (Math.abs(place - reached) > missingSeconds * sampleRate) reached = place;
      for (let at = 0; at + blockBytes <= object.bytes.length; at += blockBytes) {
        const planes = attempt(() => decode(object.bytes.subarray(at, at + blockBytes)));
        if (planes === null) continue;
        yield { firstFrame: reached, planes };
        reached += planes[0]?.length ?? 0;
      }
    }
    const rest = attempt(() => decode(new Uint8Array()));
    if (rest !== null && reached !== null) yield { firstFrame: reached, planes: rest };
  }

  return { sampleRate, totalFrames: Math.round(seconds * sampleRate), decodeFrom };
}

/** The frame that a time means. */
function placeOf(seconds: number, sampleRate: number): number {
  const place = Math.round(seconds * sampleRate);
  const onGrid = Math.round(place / gridFrames) * gridFrames;
  return Math.abs(place - onGrid) <= roundingSeconds * sampleRate ? onGrid : place;
}

/** @returns what decodes a block, and what is left when it gets none; it throws at a damaged one */
function createBlockDecoder(
  module: WmaModule,
  { channels, sampleRate, bitsPerSecond, blockBytes, codec, sampleBits, extra }: AsfAudio,
): (block: Uint8Array) => Planes {
  const extraAt = module._malloc(Math.max(1, extra.length));
  module.HEAPU8.set(extra, extraAt);
  const decoder = module._wma_create(
    ...([channels, sampleRate, bitsPerSecond, blockBytes, codec, sampleBits] as const),
    ...([extraAt, extra.length] as const),
  );
  if (decoder === 0) throw new Error('The WMA decoder refuses the file’s header.');
  const blockAt = module._malloc(blockBytes);

  return (block) => {
    module.HEAPU8.set(block, blockAt);
    const samplesAt = module._wma_decode(decoder, block.length === 0 ? 0 : blockAt, block.length);
    if (samplesAt === 0) throw new Error('A block of WMA is damaged.');
    const count = module._wma_channels();
    const frames = Math.floor(module._wma_samples() / Math.max(1, count));
    const samples = module.HEAPF32.subarray(samplesAt / 4, samplesAt / 4 + frames * count);
    return Array.from({ length: count }, (_, channel) =>
      Float32Array.from({ length: frames }, (_none, at) => samples[at * count + channel] ?? 0),
    );
  };
}
