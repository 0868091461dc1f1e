import { joinSignal } from './join-signal.ts';

type Planes = readonly Int32Array[];

/** In hertz. */
export const formatRate = 44_100;

/** The first file of a pair ends here and the second begins: an odd place in every codec's frames. */
export const formatCut = 67_387;

const frames = 107_777;

export const lossyFrames = 50_001;

/** Of the lossless files. */
export const quietBits = 9;

/** The sound goes on in steps of so many frames, so that files of it are small. */
const stepFrames = 360;

/**
 * The sound of the fixtures in tests/fixtures/decoders: steps of seeded heights, like themselves
 * at one place only. Each channel is another.
 * @param bits of a sample
 * @param quietBits by which it is quieter, so that lossless files are smaller still
 */
export function formatSignal(channels: number, bits: number, quietBits: number): Planes {
  return Array.from({ length: channels }, (_, channel) =>
    Int32Array.from({ length: frames }, (_none, frame) =>
      height(Math.floor((frame + 31 * channel) / stepFrames) + 10_000 * channel, bits - quietBits),
    ),
  );
}

/** The sound of the lossy fixtures: two places of the join signal. */
export function lossySignal(): Planes {
  const signal = Int32Array.from(joinSignal());
  return [signal.subarray(0, lossyFrames), signal.subarray(150_000, 150_000 + lossyFrames)];
}

/** The samples as a WAV file. */
export function pcmWav(channels: Planes, bits = 16, rate = formatRate): Buffer {
  const sampleBytes = bits / 8;
  const count = channels[0]?.length ?? 0;
  const body = Buffer.alloc(count * channels.length * sampleBytes);
  for (let frame = 0, at = 0; frame < count; frame += 1) {
    for (const channel of channels) {
      body.writeIntLE(channel[frame] ?? 0, at, sampleBytes);
      at += sampleBytes;
    }
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + body.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels.length, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels.length * sampleBytes, 28);
  header.writeUInt16LE(channels.length * sampleBytes, 32);
  header.writeUInt16LE(bits, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(body.length, 40);
  return Buffer.concat([header, body]);
}

/** Within a quarter of full scale. */
function height(step: number, bits: number): number {
  let mixed = Math.imul(step + 1, 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b);
  return (mixed ^ (mixed >>> 13)) >> (32 - bits + 2);
}
