import { uint32Little } from '../made-library/file-shape.ts';
import { apeV2, id3v2 } from './id3.ts';
import type { MadeTags } from './made-tags.ts';

/** Formats that are listed and not played: no more than what a reader of tags looks at. */

/** One second of Monkey's Audio. */
export function monkeysAudio(tags: MadeTags): Buffer {
  const descriptor = Buffer.alloc(52);
  descriptor.write('MAC ');
  descriptor.writeUInt32LE(3990, 4);
  descriptor.writeUInt32LE(52, 8);
  descriptor.writeUInt32LE(24, 12);
  const header = Buffer.alloc(24);
  header.writeUInt32LE(44_100, 8);
  header.writeUInt32LE(1, 12);
  header.writeUInt16LE(16, 16);
  header.writeUInt16LE(2, 18);
  header.writeUInt32LE(44_100, 20);
  return Buffer.concat([descriptor, header, apeV2(tags, true)]);
}

/** One second of Musepack, stream version 8. */
export function musepack(tags: MadeTags): Buffer {
  // Its samples and the silence before them are numbers of seven bits to the byte.
  const stream = [0, 0, 0, 0, 8, 0x82, 0xd8, 0x44, 0, 0, 0x10];
  const packet = (key: string, body: readonly number[]): Buffer =>
    Buffer.concat([Buffer.from(key), Buffer.from([body.length + 3, ...body])]);
  const packets = [packet('SH', stream), packet('AP', [1, 2, 3]), packet('SE', [])];
  return Buffer.concat([Buffer.from('MPCK'), ...packets, apeV2(tags, true)]);
}

/** One second of DSD, its tag behind it. */
export function dsf(tags: MadeTags): Buffer {
  const sound = Buffer.alloc(4096, 0x69);
  const format = Buffer.alloc(52);
  format.write('fmt ');
  format.writeUInt32LE(52, 4);
  format.writeUInt32LE(1, 12);
  for (const [at, value] of [
    [20, 2],
    [24, 2],
    [28, 2_822_400],
    [32, 1],
    [36, 2_822_400],
    [44, 4096],
  ] as const) {
    format.writeUInt32LE(value, at);
  }
  const data = Buffer.concat([Buffer.from('data'), uint64(12 + sound.length), sound]);
  const tag = id3v2(tags, { version: 3, encoding: 1 });
  const tagAt = 28 + format.length + data.length;
  const head = [Buffer.from('DSD '), ...[28, tagAt + tag.length, tagAt].map(uint64)];
  return Buffer.concat([...head, format, data, tag]);
}

function uint64(value: number): Buffer {
  return Buffer.concat([uint32Little(value), Buffer.alloc(4)]);
}
