import { readFile } from 'node:fs/promises';
import { musicOf } from '../../renderer/audio/decode/decode-track.ts';
import { bytesFile } from './file-bytes.ts';

export interface Decoded {
  readonly planes: readonly Float32Array[];
  readonly sampleRate: number;
}

/** What the decode worker makes of a fixture's bytes, at the file's own rate. */
export async function decodeFixture(name: string, startSeconds = 0): Promise<Decoded> {
  return decodeBytes(await fixture(name), startSeconds);
}

export async function fixture(name: string): Promise<Buffer> {
  return readFile(new URL(`../fixtures/decoders/${name}`, import.meta.url));
}

export async function decodeBytes(bytes: Uint8Array, startSeconds = 0): Promise<Decoded> {
  const file = {
    ...bytesFile(bytes),
    read: (start: number, end: number) => Promise.resolve(bytes.slice(start, end)),
  };
  let planes: Float32Array[] = [];
  let sampleRate = 0;
  for await (const piece of musicOf(file, null, startSeconds)) {
    planes = piece.planes.map((plane, channel) => joined(planes[channel], plane));
    sampleRate = piece.rate;
  }
  return { planes, sampleRate };
}

function joined(first: Float32Array | undefined, second: Float32Array): Float32Array {
  const both = new Float32Array((first?.length ?? 0) + second.length);
  if (first !== undefined) both.set(first);
  both.set(second, first?.length ?? 0);
  return both;
}
