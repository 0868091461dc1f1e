import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A small real file, with tags that no player of ours knows and that an edit must not touch. */
export interface TaggedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Each has to stand in every edited file, byte for byte. */
  readonly foreign: readonly Buffer[];
  /** What is heard, and nothing else. */
  readonly sound: (file: Buffer) => Buffer;
}

const fixtures = fileURLToPath(new URL('../fixtures/joins/', import.meta.url));
const noise = Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 89) % 256));

export function taggedFiles(): readonly TaggedFile[] {
  return [
    mp3('bare.mp3', null),
    mp3('id3v22.mp3', 2),
    mp3('id3v23.mp3', 3),
    mp3('id3v24.mp3', 4),
    mp3('unsynchronised.mp3', 'unsynchronised'),
    mp3('behind.mp3', 'behind'),
    flac(),
    ogg('stream.ogg', 'b.ogg', 'vorbis'),
    ogg('stream.opus', 'b.opus', 'opus'),
    mp4('behind.m4a', false),
    mp4('in-front.m4a', true),
  ];
}

function fixture(name: string): Buffer {
  return readFileSync(`${fixtures}${name}`);
}

type Id3Kind = 2 | 3 | 4 | 'unsynchronised' | 'behind' | null;

/** @param kind the version of ID3v2; 'behind': older tags at the end, and none in front */
function mp3(name: string, kind: Id3Kind): TaggedFile {
  const sound = fixture('b.cbr.mp3');
  const behind = kind === 'behind' ? [apeTag(), id3v1('Old title')] : [];
  const { tag, foreign } = id3Tag(kind);
  return {
    name,
    bytes: Buffer.concat([tag, sound, ...behind]),
    foreign: kind === 'behind' ? [foreignApe] : foreign,
    sound: (file) => file.subarray(file.indexOf(sound), file.indexOf(sound) + sound.length),
  };
}

function id3Tag(kind: Id3Kind): { readonly tag: Buffer; readonly foreign: readonly Buffer[] } {
  if (kind === null || kind === 'behind') return { tag: Buffer.alloc(0), foreign: [] };
  const version = kind === 'unsynchronised' ? 3 : kind;
  const names = version === 2 ? ['XYZ', 'TXX', 'COM', 'TT2'] : ['PRIV', 'TXXX', 'COMM', 'TIT2'];
  const [privately = '', named = '', comment = '', title = ''] = names;
  const foreign = [
    id3Frame(privately, Buffer.concat([Buffer.from('owner\0'), noise]), version),
    id3Frame(named, Buffer.from('\0mood\0blue', 'latin1'), version),
    id3Frame(comment, Buffer.from('\0engnotes\0kept by another', 'latin1'), version),
  ];
  const frames = [...foreign, id3Frame(title, Buffer.from('\0Before', 'latin1'), version)];
  const plain = Buffer.concat([...frames, Buffer.alloc(40)]);
  const body = kind === 'unsynchronised' ? unsynchronised(plain) : plain;
  const flags = kind === 'unsynchronised' ? 0x80 : 0;
  const head = Buffer.from([0x49, 0x44, 0x33, version, 0, flags]);
  return { tag: Buffer.concat([head, sevenBits(body.length), body]), foreign };
}

function id3Frame(id: string, body: Buffer, version: 2 | 3 | 4): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  const length = version === 2 ? size.subarray(1) : version === 3 ? size : sevenBits(body.length);
  const flags = Buffer.alloc(version === 2 ? 0 : 2);
  return Buffer.concat([Buffer.from(id, 'latin1'), length, flags, body]);
}

function sevenBits(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >> shift) & 127));
}

function unsynchronised(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (const [at, byte] of bytes.entries()) {
    out.push(byte);
    const next = bytes[at + 1] ?? 0;
    if (byte === 0xff && (next === 0 || next >= 0xe0)) out.push(0);
  }
  return Buffer.from(out);
}

function id3v1(title: string): Buffer {
  const tag = Buffer.alloc(128);
  tag.write('TAG', 'latin1');
  tag.write(title, 3, 'latin1');
  tag[127] = 17;
  return tag;
}

const foreignApe = apeItem('Mood', Buffer.from('blue'));

function apeTag(): Buffer {
  const items = [
    apeItem('Title', Buffer.from('Old title')),
    foreignApe,
    apeItem('Genre', Buffer.from('Rock')),
  ];
  const body = Buffer.concat(items);
  const rim = Buffer.alloc(32);
  rim.write('APETAGEX', 'latin1');
  rim.writeUInt32LE(2000, 8);
  rim.writeUInt32LE(body.length + 32, 12);
  rim.writeUInt32LE(items.length, 16);
  rim.writeUInt32LE(0x8000_0000, 20);
  const head = Buffer.from(rim);
  head.writeUInt32LE(0xa000_0000, 20);
  return Buffer.concat([head, body, rim]);
}

function apeItem(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(content.length);
  return Buffer.concat([head, Buffer.from(`${name}\0`), content]);
}

const foreignComments = [
  Buffer.from('MOOD=blue'),
  Buffer.concat([Buffer.from('X-BYTES='), Buffer.from([0xff, 0xfe, 0x80])]),
  Buffer.from('mood=twice'),
];

function flac(): TaggedFile {
  const bytes = fixture('b.flac');
  const soundAt = flacSoundAt(bytes);
  const stream = Buffer.from(bytes.subarray(0, 42));
  stream[4] = 0;
  const application = flacBlock(2, Buffer.concat([Buffer.from('test'), noise]));
  const back = flacBlock(6, pictureBlock(4, noise));
  const comments = flacBlock(
    4 | 0x80,
    vorbisComments([Buffer.from('TITLE=Before'), ...foreignComments]),
  );
  return {
    name: 'blocks.flac',
    bytes: Buffer.concat([stream, application, back, comments, bytes.subarray(soundAt)]),
    foreign: [stream, application, ...foreignComments],
    sound: (file) => file.subarray(flacSoundAt(file)),
  };
}

function flacSoundAt(file: Buffer): number {
  let at = 4;
  for (;;) {
    const isLast = (file.readUInt8(at) & 0x80) !== 0;
    at += 4 + file.readUIntBE(at + 1, 3);
    if (isLast) return at;
  }
}

function flacBlock(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  head[0] = kind;
  return Buffer.concat([head, body]);
}

function pictureBlock(kind: number, picture: Buffer): Buffer {
  const head = Buffer.alloc(42);
  head.writeUInt32BE(kind, 0);
  head.writeUInt32BE(10, 4);
  head.write('image/jpeg', 8, 'latin1');
  head.writeUInt32BE(picture.length, 38);
  return Buffer.concat([head, picture]);
}

function vorbisComments(comments: readonly Buffer[]): Buffer {
  const sized = (bytes: Buffer): Buffer[] => [littleEndian(bytes.length), bytes];
  return Buffer.concat([
    ...sized(Buffer.from('a vendor')),
    littleEndian(comments.length),
    ...comments.flatMap(sized),
  ]);
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

interface Page {
  readonly head: Buffer;
  readonly lacing: Buffer;
  readonly body: Buffer;
}

/** Every page, each with a checksum and a number that hold. */
export function oggPages(file: Buffer): readonly Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < file.length;) {
    const lacing = file.subarray(at + 27, at + 27 + file.readUInt8(at + 26));
    const bodyAt = at + 27 + lacing.length;
    const to = bodyAt + lacing.reduce((sum, length) => sum + length, 0);
    const page = Buffer.from(file.subarray(at, to));
    const checksum = page.readUInt32LE(22);
    page.writeUInt32LE(0, 22);
    if (page.toString('latin1', 0, 4) !== 'OggS' || checksum !== slowChecksum(page)) {
      throw new Error(`The page at ${at} is damaged`);
    }
    if (page.readUInt32LE(18) !== pages.length) throw new Error(`The page at ${at} is misnumbered`);
    pages.push({ head: page.subarray(0, 27), lacing, body: file.subarray(bodyAt, to) });
    at = to;
  }
  return pages;
}

/** Bit by bit, so that it shares no fault with a table. */
function slowChecksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const isSet = sum >>> 31 !== ((byte >> bit) & 1);
      sum = ((sum << 1) ^ (isSet ? 0x04c1_1db7 : 0)) >>> 0;
    }
  }
  return sum;
}

function ogg(name: string, from: string, kind: 'vorbis' | 'opus'): TaggedFile {
  const pages = oggPages(fixture(from));
  const headerPackets = kind === 'vorbis' ? 3 : 2;
  const packets = packetsOf(pages);
  const [first = Buffer.alloc(0), , ...rest] = packets.slice(0, headerPackets);
  const magic = kind === 'vorbis' ? '\u0003vorbis' : 'OpusTags';
  const framing = kind === 'vorbis' ? [Buffer.from([1])] : [];
  const comments = Buffer.concat([
    Buffer.from(magic, 'latin1'),
    vorbisComments([Buffer.from('TITLE=Before'), ...foreignComments]),
    ...framing,
  ]);
  const headers = [Buffer.concat([comments]), ...rest];
  const soundPages = pages.slice(headerPagesOf(pages, headerPackets));
  const bytes = Buffer.concat([
    numbered({ ...pageOf(pages), body: first }, 0),
    ...headers.map((packet, at) => numbered(packetPage(packet, pageOf(pages)), at + 1)),
    ...soundPages.map((page, at) => numbered(page, at + 1 + headers.length)),
  ]);
  return {
    name,
    bytes,
    foreign: [first, ...rest.filter((packet) => packet.length < 4000), ...foreignComments],
    sound: (file) => {
      const found = oggPages(file);
      return Buffer.concat(
        found
          .slice(headerPagesOf(found, headerPackets))
          .flatMap(({ head, lacing, body }) => [head.subarray(5, 18), lacing, body]),
      );
    },
  };
}

function pageOf([first]: readonly Page[]): Page {
  if (first === undefined) throw new Error('The fixture has pages');
  return first;
}

/** One page for one packet, which the fixtures' heads fit in. */
function packetPage(packet: Buffer, like: Page): Page {
  const whole = Math.floor(packet.length / 255);
  const lacing = Buffer.from([...Array.from({ length: whole }, () => 255), packet.length % 255]);
  const head = Buffer.from(like.head);
  head[5] = 0;
  return { head, lacing, body: packet };
}

function numbered({ head, lacing, body }: Page, number: number): Buffer {
  const page = Buffer.concat([head, lacing, body]);
  page[26] = lacing.length;
  page.writeUInt32LE(number, 18);
  page.writeUInt32LE(0, 22);
  page.writeUInt32LE(slowChecksum(page), 22);
  return page;
}

function packetsOf(pages: readonly Page[]): Buffer[] {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (const { lacing, body } of pages) {
    let at = 0;
    for (const length of lacing) {
      parts.push(body.subarray(at, at + length));
      at += length;
      if (length < 255) packets.push(Buffer.concat(parts));
      if (length < 255) parts = [];
    }
  }
  return packets;
}

function headerPagesOf(pages: readonly Page[], packets: number): number {
  let ended = 0;
  for (const [at, { lacing }] of pages.entries()) {
    ended += lacing.filter((length) => length < 255).length;
    if (ended >= packets) return at + 1;
  }
  return pages.length;
}

/** @param inFront the tables stand before the sound, whose places move with them */
function mp4(name: string, inFront: boolean): TaggedFile {
  const bytes = fixture('b.m4a');
  const moovAt = bytes.indexOf('moov') - 4;
  const mdatAt = bytes.indexOf('mdat') - 4;
  const before = bytes.subarray(0, mdatAt);
  const mdat = bytes.subarray(mdatAt, moovAt);
  const foreign = [
    atom(
      '----',
      atom('mean', Buffer.from('\0\0\0\0org.test')),
      atom('name', Buffer.from('\0\0\0\0mood')),
      atom('data', Buffer.alloc(8), noise),
    ),
    atom('xyzw', atom('data', Buffer.alloc(8), noise)),
  ];
  const items = atom('ilst', ...foreign, atom('©nam', mp4Text('Before')));
  const handler = Buffer.concat([Buffer.alloc(8), Buffer.from('mdirappl'), Buffer.alloc(9)]);
  const udta = atom('udta', atom('meta', Buffer.alloc(4), atom('hdlr', handler), items));
  const moov = Buffer.concat([withoutUdta(bytes.subarray(moovAt)), udta]);
  moov.writeUInt32BE(moov.length);
  if (inFront) shiftChunks(moov, moov.length);
  const file = inFront ? [before, moov, mdat] : [before, mdat, moov];
  return { name, bytes: Buffer.concat(file), foreign, sound: mp4Sound };
}

function withoutUdta(moov: Buffer): Buffer {
  const at = moov.indexOf('udta') - 4;
  return at < 0
    ? moov
    : Buffer.concat([moov.subarray(0, at), moov.subarray(at + moov.readUInt32BE(at))]);
}

function shiftChunks(moov: Buffer, by: number): void {
  const at = moov.indexOf('stco');
  for (let entry = 0; entry < moov.readUInt32BE(at + 8); entry += 1) {
    const place = at + 12 + entry * 4;
    moov.writeUInt32BE(moov.readUInt32BE(place) + by, place);
  }
}

/** The first bytes of every chunk, found by the table, and all of the sound. */
function mp4Sound(file: Buffer): Buffer {
  const at = file.indexOf('stco');
  const chunks = Array.from({ length: file.readUInt32BE(at + 8) }, (_, entry) => {
    const place = file.readUInt32BE(at + 12 + entry * 4);
    return file.subarray(place, place + 64);
  });
  const mdatAt = file.indexOf('mdat') - 4;
  return Buffer.concat([...chunks, file.subarray(mdatAt, mdatAt + file.readUInt32BE(mdatAt))]);
}

function atom(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

function mp4Text(text: string): Buffer {
  return atom('data', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from(text));
}
