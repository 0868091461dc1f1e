import { readFileSync } from 'node:fs';
import { type FileShape, hertz, soundBytes } from './file-shape.ts';
import type { MadeTrack } from './releases.ts';
import { pictureBlock, replayGain, vorbisComments } from './vorbis-comments.ts';

const mostSegments = 255;
const preSkip = 312;
const opusHertz = 48_000;
const bytesPerSecond = 20_000;
/** Readers that look for the end of the head give up after a dozen pages. */
const soundPages = 16;
const packetBytes = 400;

/** Ogg with Vorbis or Opus in it; between its first pages and its last one lies a hole. */
export function oggFile(
  track: MadeTrack,
  picture: Uint8Array | null,
  kind: 'ogg' | 'opus',
): FileShape {
  const art = picture === null ? [] : [pictureComment(picture)];
  const [first, ...rest] = kind === 'opus' ? opusHeads(track, art) : vorbisHeads(track, art);
  const serial = track.number + 1;
  const pages = createPages(serial);
  const end =
    kind === 'opus'
      ? Math.round(track.seconds * opusHertz) + preSkip
      : Math.round(track.seconds * hertz);
  const sound = soundBytes(track.number, packetBytes);
  // A packet of sound, for Vorbis by its first bit; for Opus 20 ms of full band and one frame.
  sound[0] = kind === 'opus' ? 0xf8 : 0;
  const head = Buffer.concat([
    pages.page([first], { flags: 2, samples: 0 }),
    ...pages.split(rest),
    ...Array.from({ length: soundPages }, (_, at) =>
      pages.page([sound, sound], { flags: 0, samples: 2048 * (at + 1) }),
    ),
  ]);
  const last = pages.page([sound], { flags: 4, samples: end });
  const at = head.length + Math.round(track.seconds * bytesPerSecond);
  return {
    pieces: [
      { at: 0, bytes: head },
      { at, bytes: last },
    ],
    length: at + last.length,
  };
}

type Heads = readonly [Buffer, ...Buffer[]];

/** https://www.rfc-editor.org/rfc/rfc7845#section-5 */
function opusHeads(track: MadeTrack, art: readonly string[]): Heads {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head.set([1, 2], 8);
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(hertz, 12);
  const gain = track.gain === null ? [] : [`R128_TRACK_GAIN=${Math.round(track.gain * 256)}`];
  const comments = vorbisComments(track, [...gain, ...art]);
  return [head, Buffer.concat([Buffer.from('OpusTags', 'latin1'), comments])];
}

/** The codebooks are of a real file: they are too long to write by hand. */
function vorbisHeads(track: MadeTrack, art: readonly string[]): Heads {
  const { identification, setup } = codebooks();
  const comments = vorbisComments(track, [...replayGain(track), ...art]);
  const framed = Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), comments, Buffer.of(1)]);
  return [identification, framed, setup];
}

function pictureComment(picture: Uint8Array): string {
  return `METADATA_BLOCK_PICTURE=${pictureBlock(picture).toString('base64')}`;
}

/** https://www.rfc-editor.org/rfc/rfc3533#section-6 */
function createPages(serial: number) {
  let number = 0;

  function write(lacing: readonly number[], body: Buffer, flags: number, samples: bigint): Buffer {
    const head = Buffer.alloc(27);
    head.write('OggS', 'latin1');
    head[5] = flags;
    head.writeBigInt64LE(samples, 6);
    head.writeUInt32LE(serial, 14);
    head.writeUInt32LE(number, 18);
    head[26] = lacing.length;
    number += 1;
    const page = Buffer.concat([head, Buffer.from(lacing), body]);
    page.writeUInt32LE(checksum(page), 22);
    return page;
  }

  return {
    /** Whole packets that fit in one page. @param samples heard up to its end */
    page(packets: readonly Buffer[], { flags, samples }: { flags: number; samples: number }) {
      return write(packets.flatMap(lacingOf), Buffer.concat(packets), flags, BigInt(samples));
    },
    /** Packets of any length over as many pages as they take. */
    split(packets: readonly Buffer[]): Buffer[] {
      const lacing = packets.flatMap(lacingOf);
      const body = Buffer.concat(packets);
      const pages: Buffer[] = [];
      for (let at = 0, from = 0; from < lacing.length; from += mostSegments) {
        const part = lacing.slice(from, from + mostSegments);
        const bytes = part.reduce((sum, one) => sum + one, 0);
        const isContinued = from > 0 && lacing[from - 1] === 255;
        const endsNone = part.every((one) => one === 255);
        pages.push(
          write(part, body.subarray(at, at + bytes), isContinued ? 1 : 0, endsNone ? -1n : 0n),
        );
        at += bytes;
      }
      return pages;
    },
  };
}

function lacingOf({ length }: Buffer): number[] {
  return [...Array.from({ length: Math.floor(length / 255) }, () => 255), length % 255];
}

let known: { readonly identification: Buffer; readonly setup: Buffer } | null = null;

/** The first and third packet of a small file among the fixtures. */
function codebooks() {
  known ??= readCodebooks();
  return known;
}

function readCodebooks() {
  const file = readFileSync(new URL('../../fixtures/joins/a.ogg', import.meta.url));
  const packets: Buffer[][] = [[]];
  for (let at = 0; packets.length < 4;) {
    const segments = file[at + 26] ?? 0;
    const lacing = file.subarray(at + 27, at + 27 + segments);
    at += 27 + segments;
    for (const length of lacing) {
      packets.at(-1)?.push(file.subarray(at, at + length));
      at += length;
      if (length < 255) packets.push([]);
    }
  }
  const [identification = [], , setup = []] = packets;
  return { identification: Buffer.concat(identification), setup: Buffer.concat(setup) };
}

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = (value << 1) ^ (value < 0 ? 0x04c1_1db7 : 0);
  return value;
});

function checksum(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = (value << 8) ^ (checksums[(value >>> 24) ^ byte] ?? 0);
  return value >>> 0;
}
