import { deflateSync } from 'node:zlib';
import { uint32, uint32Little } from '../made-library/file-shape.ts';
import { ascii, goodHead, torture, type TortureFile } from './torture-file.ts';

const megabyte = 1024 * 1024;
/** Unpacks to a thousand times its size. */
const bomb = deflateSync(Buffer.alloc(60 * megabyte));

/** Tags that lie about themselves, and pictures that are larger inside. */
export function brokenTags(): TortureFile[] {
  const sound = withoutTag(goodHead('mp3', 400));
  const title = frame('TIT2', ascii('\x03A title'));
  const id3 = (frames: readonly Buffer[], given: Partial<Id3Head> = {}) =>
    Buffer.concat([id3Head(Buffer.concat(frames).length, given), ...frames, sound]);
  const picture = (bytes: Uint8Array) =>
    id3([title, frame('APIC', Buffer.concat([ascii('\0image/png\0\x03\0'), bytes]))]);
  return [
    torture('100 MB of tag.mp3', {
      pieces: [
        { at: 0, bytes: Buffer.concat([id3Head(100 * megabyte), title]) },
        { at: 10 + 100 * megabyte, bytes: sound },
      ],
      length: 10 + 100 * megabyte + 300_000,
    }),
    torture('tag longer than the file.mp3', id3([title], { size: 0x0fff_ffff })),
    torture('size with high bits.mp3', id3([title], { rawSize: 0xffff_ffff })),
    torture('size with high bits before sound.mp3', id3([title], { rawSize: 0x8080_8100 })),
    torture('version 9.mp3', id3([title], { version: 9 })),
    torture('extended head without end.mp3', id3([uint32(0xffff_ffff), title], { flags: 0x40 })),
    torture('frame longer than the tag.mp3', id3([frame('TIT2', ascii('\x03A'), 0x7fff_ffff)])),
    torture('frame of high bits.mp3', id3([frame('TIT2', ascii('\x03A'), 0xffff_ffff)])),
    torture('empty frames.mp3', id3(Array.from({ length: 5000 }, () => frame('TIT2', ascii(''))))),
    torture(
      'ten thousand frames.mp3',
      id3(Array.from({ length: 10_000 }, (_, at) => frame('TXXX', ascii(`\x03${at}\0x`)))),
    ),
    torture('half a letter of UTF-16.mp3', id3([frame('TIT2', ascii('\x01\xff\xfeA'))])),
    torture(
      'lonely surrogates.mp3',
      id3([frame('TIT2', ascii('\x01\xff\xfe\x00\xd8\x00\xdc\x00\xd8'))]),
    ),
    torture('unknown encoding.mp3', id3([frame('TIT2', ascii('\x63What?'))])),
    torture('packed title.mp3', id3([packed('TIT2', bomb)])),
    torture('packed picture.mp3', id3([title, packed('APIC', bomb)])),
    torture('packed 2.3 title.mp3', id3([packed('TIT2', bomb)], { version: 3 })),
    torture('packed text of comments.mp3', id3([packed('COMM', bomb), packed('TXXX', bomb)])),
    torture('tag in tag in tag.mp3', Buffer.concat([nested(40), sound])),
    torture('title of ten megabytes.mp3', id3([frame('TIT2', Buffer.alloc(10 * megabyte, 0x41))])),
    torture('title of nothing but zeros.mp3', id3([frame('TIT2', Buffer.alloc(100_000))])),
    torture('title of many values.mp3', id3([frame('TPE1', ascii(`\x03${'a\0'.repeat(50_000)}`))])),
    torture('countless frames of sound.mp3', xing(0xffff_ffff)),
    torture('no frames of sound.mp3', xing(0)),
    torture('vast PNG.mp3', picture(vastPng())),
    torture('vast JPEG.mp3', picture(vastJpeg())),
    torture('packed PNG.mp3', picture(pngOf(20_000, 20_000, bomb))),
    torture('picture of nothing.mp3', picture(new Uint8Array())),
    torture(
      'picture of text.mp3',
      picture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    ),
    torture('picture of 25 MB.mp3', picture(Buffer.alloc(25 * megabyte, 0xd8))),
    torture('countless comments.flac', flac([block(4, vendorAnd(uint32Little(0xffff_ffff)))])),
    torture(
      'endless comment.flac',
      flac([block(4, vendorAnd(uint32Little(1), uint32Little(0xffff_ffff)))]),
    ),
    torture('vendor longer than all.flac', flac([block(4, uint32Little(0x7fff_ffff))])),
    torture(
      'comment without equals.flac',
      flac([block(4, vendorAnd(uint32Little(1), sized('TITLE')))]),
    ),
    torture('picture with lengths that lie.flac', flac([block(6, Buffer.alloc(32, 0xff))])),
    torture('block longer than all.flac', flac([block(4, Buffer.alloc(8), 0xff_ffff)])),
    torture(
      'a hundred thousand blocks.flac',
      flac(Array.from({ length: 100_000 }, () => block(1, Buffer.alloc(0)))),
    ),
    torture('no rate.flac', Buffer.concat([ascii('fLaC'), block(0x80, Buffer.alloc(34))])),
  ];
}

/** A cover of a few bytes that would take gigabytes to draw. */
export function vastPng(): Buffer {
  return pngOf(65_000, 65_000, deflateSync(Buffer.alloc(100)));
}

interface Id3Head {
  readonly version: number;
  readonly flags: number;
  readonly size: number;
  readonly rawSize: number;
}

function id3Head(length: number, given: Partial<Id3Head> = {}): Buffer {
  const size = given.size ?? length;
  const seven = [21, 14, 7, 0].map((shift) => (size >> shift) & 127);
  return Buffer.concat([
    Buffer.of(0x49, 0x44, 0x33, given.version ?? 4, 0, given.flags ?? 0),
    given.rawSize === undefined ? Buffer.from(seven) : uint32(given.rawSize),
  ]);
}

function frame(id: string, content: Buffer, size = sevenBits(content.length)): Buffer {
  return Buffer.concat([ascii(id), uint32(size), Buffer.alloc(2), content]);
}

/** Compressed, with four bytes that say how long it was, which is not true. */
function packed(id: string, content: Buffer): Buffer {
  const body = Buffer.concat([uint32(0x0f00_0000), content]);
  return Buffer.concat([ascii(id), uint32(sevenBits(body.length)), Buffer.of(0, 0x89), body]);
}

function sevenBits(length: number): number {
  const [a, b, c, d] = [21, 14, 7, 0].map((shift) => (length >> shift) & 127);
  return Buffer.of(a ?? 0, b ?? 0, c ?? 0, d ?? 0).readUInt32BE();
}

function nested(depth: number): Buffer {
  let tag = Buffer.alloc(0);
  for (let level = 0; level < depth; level += 1) {
    const inner = frame('CHAP', Buffer.concat([ascii('x\0'), Buffer.alloc(16), tag]));
    tag = Buffer.concat([id3Head(inner.length), inner]);
  }
  return tag;
}

function withoutTag(file: Buffer): Buffer {
  return file.subarray(file.indexOf(Buffer.of(0xff, 0xfb)));
}

function xing(frames: number): Buffer {
  const bytes = withoutTag(goodHead('mp3', 401));
  bytes.writeUInt32BE(frames, 44);
  return bytes;
}

function flac(blocks: readonly Buffer[]): Buffer {
  // With its mark and its first block, which says what the sound is.
  const start = goodHead('flac', 402).subarray(0, 42);
  return Buffer.concat([start, ...blocks, block(0x81, Buffer.alloc(4)), Buffer.alloc(3000, 0xf8)]);
}

function block(kind: number, body: Buffer, length = body.length): Buffer {
  return Buffer.concat([uint32(kind * 0x100_0000 + length), body]);
}

function vendorAnd(...rest: readonly Buffer[]): Buffer {
  return Buffer.concat([sized('nobody'), ...rest]);
}

function sized(text: string): Buffer {
  return Buffer.concat([uint32Little(text.length), ascii(text)]);
}

/** https://www.w3.org/TR/png-3/#11Chunks; the checksums are wrong, which decoders may overlook. */
function pngOf(width: number, height: number, data: Buffer): Buffer {
  const head = Buffer.concat([uint32(width), uint32(height), Buffer.of(8, 6, 0, 0, 0)]);
  const chunk = (name: string, body: Buffer) =>
    Buffer.concat([uint32(body.length), ascii(name), body, uint32(0)]);
  return Buffer.concat([
    ascii('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function vastJpeg(): Buffer {
  const start = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  const size = Buffer.from('ffc0001108fffefffe03011100021101031101', 'hex');
  return Buffer.concat([
    start,
    size,
    Buffer.from('ffda000c03010002110311003f00', 'hex'),
    Buffer.alloc(64),
  ]);
}
