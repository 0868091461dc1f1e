import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../../support/decode-file.ts';

const samples = [0, 0.5, -0.5, 0.25, -1, -0.125];
const frames = samples.length / 2;

/** How each coding writes a sample. */
const codings: readonly {
  readonly name: string;
  readonly compression: string | null;
  readonly bits: number;
  readonly write: (bytes: Buffer, sample: number, at: number) => void;
}[] = [
  { name: '8 bits', compression: null, bits: 8, write: (b, s, at) => b.writeInt8(s * 128, at) },
  {
    name: '12 bits',
    compression: null,
    bits: 12,
    write: (b, s, at) => b.writeInt16BE(s * 32_768, at),
  },
  {
    name: '16 bits',
    compression: null,
    bits: 16,
    write: (b, s, at) => b.writeInt16BE(s * 32_768, at),
  },
  {
    name: '24 bits',
    compression: 'NONE',
    bits: 24,
    write: (b, s, at) => b.writeIntBE(s * 2 ** 23, at, 3),
  },
  {
    name: '32 bits',
    compression: 'twos',
    bits: 32,
    write: (b, s, at) => b.writeInt32BE(s * 2 ** 31, at),
  },
  {
    name: 'the other way round',
    compression: 'sowt',
    bits: 16,
    write: (b, s, at) => b.writeInt16LE(s * 32_768, at),
  },
  {
    name: '24 bits the other way round',
    compression: '42ni',
    bits: 24,
    write: (b, s, at) => b.writeIntLE(s * 2 ** 23, at, 3),
  },
  {
    name: 'without a sign',
    compression: 'raw ',
    bits: 8,
    write: (b, s, at) => b.writeUInt8(s * 128 + 128, at),
  },
  {
    name: 'floating numbers',
    compression: 'fl32',
    bits: 32,
    write: (b, s, at) => b.writeFloatBE(s, at),
  },
  {
    name: 'long floating numbers',
    compression: 'FL64',
    bits: 64,
    write: (b, s, at) => b.writeDoubleBE(s, at),
  },
];

describe('AIFF', () => {
  for (const { name, compression, bits, write } of codings) {
    it(`is read with samples of ${name}`, async () => {
      const sampleBytes = Math.ceil(bits / 8);
      const body = Buffer.alloc(samples.length * sampleBytes);
      samples.forEach((sample, index) => {
        write(body, sample, index * sampleBytes);
      });
      const { planes, sampleRate } = await decodeBytes(aiff(compression, bits, body));
      expect(sampleRate).toBe(44_100);
      expect(planes.map((plane) => [...plane])).toEqual([
        samples.filter((_, index) => index % 2 === 0),
        samples.filter((_, index) => index % 2 === 1),
      ]);
    });
  }

  it('is refused when it is compressed in a way that is not known', async () => {
    const made = aiff('ima4', 16, Buffer.alloc(100));
    await expect(decodeBytes(made)).rejects.toThrow('ima4');
  });

  it('is read behind an ID3 tag, as some programs write it', async () => {
    const tag = Buffer.from('ID3\u0004\0\0\0\0\0\u0005.....', 'latin1');
    const body = Buffer.alloc(12);
    const { planes } = await decodeBytes(Buffer.concat([tag, aiff(null, 16, body)]));
    expect(planes[0]).toHaveLength(3);
  });
});

function aiff(compression: string | null, bits: number, body: Buffer): Buffer {
  const common = Buffer.alloc(compression === null ? 18 : 24);
  common.writeUInt16BE(2, 0);
  common.writeUInt32BE(frames, 2);
  common.writeUInt16BE(bits, 6);
  // 44100 as a number of 80 bits.
  common.write('400eac44', 8, 'hex');
  if (compression !== null) common.write(compression, 18, 'latin1');
  const inner = Buffer.concat([
    Buffer.from(compression === null ? 'AIFF' : 'AIFC'),
    // Of odd length, so a byte follows that is not counted.
    chunk('NAME', Buffer.from('odd')),
    chunk('COMM', common),
    chunk('SSND', Buffer.concat([Buffer.alloc(8), body])),
  ]);
  return chunk('FORM', inner);
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}
