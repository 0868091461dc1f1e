import { uint32, uint32Little } from '../made-library/file-shape.ts';
import type { MadeTags } from './made-tags.ts';

export interface Id3Shape {
  readonly version: 2 | 3 | 4;
  /** 0 Latin-1, 1 UTF-16 with a mark, 2 UTF-16 big-endian, 3 UTF-8; the last two of 2.4 only. */
  readonly encoding: 0 | 1 | 2 | 3;
  readonly isUnsynchronised?: boolean;
  readonly hasExtendedHeader?: boolean;
  readonly hasFooter?: boolean;
  readonly padding?: number;
}

/** Of ID3v2.2 by the names of the later ones. */
const oldNames: Readonly<Record<string, string>> = {
  TIT2: 'TT2',
  TPE1: 'TP1',
  TALB: 'TAL',
  TPE2: 'TP2',
  TCON: 'TCO',
  TCOM: 'TCM',
  TRCK: 'TRK',
  TPOS: 'TPA',
  TYER: 'TYE',
  TCMP: 'TCP',
  TBPM: 'TBP',
  TSOP: 'TSP',
  TPUB: 'TPB',
  COMM: 'COM',
  USLT: 'ULT',
  APIC: 'PIC',
};

/** https://id3.org/id3v2.4.0-structure and the two before it. */
export function id3v2(tags: MadeTags, shape: Id3Shape): Buffer {
  const { version, hasExtendedHeader = false, hasFooter = false, padding = 0 } = shape;
  const isUnsynchronised = shape.isUnsynchronised ?? false;
  const frames = contents(tags, shape).flatMap(([name, body]) => frame(name, body, shape) ?? []);
  const extended = version === 4 ? Buffer.from([0, 0, 0, 6, 1, 0]) : Buffer.alloc(10);
  if (version === 3) extended.writeUInt32BE(6);
  let body: Buffer = Buffer.concat([...(hasExtendedHeader ? [extended] : []), ...frames]);
  if (isUnsynchronised && version < 4) body = unsynchronise(body);
  body = Buffer.concat([body, Buffer.alloc(hasFooter ? 0 : padding)]);
  const flags = [isUnsynchronised && 0x80, hasExtendedHeader && 0x40, hasFooter && 0x10];
  const head = Buffer.from([
    0x49,
    0x44,
    0x33,
    version,
    0,
    flags.reduce((sum: number, flag) => sum + Number(flag), 0),
  ]);
  const size = sevenBits(body.length);
  const footer = Buffer.concat([Buffer.from('3DI', 'latin1'), head.subarray(3), size]);
  return Buffer.concat([head, size, body, ...(hasFooter ? [footer] : [])]);
}

/** https://id3.org/ID3v1 */
export function id3v1(tags: MadeTags): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write('TAG', 'latin1');
  bytes.write(tags.title.slice(0, 30), 3, 'latin1');
  bytes.write(tags.artists.join(', ').slice(0, 30), 33, 'latin1');
  bytes.write(tags.album.slice(0, 30), 63, 'latin1');
  bytes.write(tags.date.slice(0, 4), 93, 'latin1');
  bytes[126] = tags.track;
  bytes[127] = 17;
  return bytes;
}

/** https://wiki.hydrogenaud.io/index.php?title=APEv2_specification */
export function apeV2(tags: MadeTags, hasHeader: boolean): Buffer {
  const cover = tags.pictures
    .slice(0, 1)
    .map((bytes) => Buffer.concat([Buffer.from('cover.jpg\0'), bytes]));
  const items = [
    ...texts(tags).map(([key, values]) => apeItem(key, 0, Buffer.from(values.join('\0')))),
    ...cover.map((bytes) => apeItem('Cover Art (Front)', 2, bytes)),
  ];
  const size = items.reduce((sum, item) => sum + item.length, 32);
  const mark = (flags: number): Buffer =>
    Buffer.concat([
      Buffer.from('APETAGEX', 'latin1'),
      ...[2000, size, items.length].map(uint32Little),
      uint32Little(((hasHeader ? 0x8000_0000 : 0) + flags) >>> 0),
      Buffer.alloc(8),
    ]);
  return Buffer.concat([...(hasHeader ? [mark(0x2000_0000)] : []), ...items, mark(0)]);
}

function apeItem(key: string, flags: number, value: Buffer): Buffer {
  return Buffer.concat([
    uint32Little(value.length),
    uint32Little(flags),
    Buffer.from(`${key}\0`, 'latin1'),
    value,
  ]);
}

function texts(tags: MadeTags): [string, readonly string[]][] {
  const all: [string, readonly string[]][] = [
    ['Title', [tags.title]],
    ['Artist', tags.artists],
    ['Album', [tags.album]],
    ['Album Artist', [tags.albumArtist]],
    ['Genre', tags.genres],
    ['Track', [tags.track > 0 ? `${tags.track}/${tags.tracks}` : '']],
    ['Year', [tags.date]],
    ['REPLAYGAIN_TRACK_GAIN', [tags.trackGain]],
    ['REPLAYGAIN_TRACK_PEAK', [tags.trackPeak]],
  ];
  return all.filter(([, values]) => values.some((value) => value !== ''));
}

function contents(tags: MadeTags, shape: Id3Shape): [string, Buffer][] {
  const { version } = shape;
  const several = (values: readonly string[]): string => values.join(version === 4 ? '\0' : '; ');
  const named: [string, string][] = [
    ['TIT2', tags.title],
    ['TPE1', several(tags.artists)],
    ['TALB', tags.album],
    ['TPE2', tags.albumArtist],
    ['TCON', several(tags.genres)],
    ['TCOM', several(tags.composers)],
    ['TRCK', tags.track > 0 ? `${tags.track}${tags.tracks > 0 ? `/${tags.tracks}` : ''}` : ''],
    ['TPOS', tags.disc > 0 ? String(tags.disc) : ''],
    [version === 4 ? 'TDRC' : 'TYER', version === 4 ? tags.date : tags.date.slice(0, 4)],
    ['TCMP', tags.isCompilation ? '1' : ''],
    ['TBPM', tags.beatsPerMinute > 0 ? String(tags.beatsPerMinute) : ''],
    ['TSOP', tags.artistSort],
    ['TPUB', tags.label],
  ];
  const described: [string, string][] = [
    ['REPLAYGAIN_TRACK_GAIN', tags.trackGain],
    ['REPLAYGAIN_TRACK_PEAK', tags.trackPeak],
    ['MusicBrainz Album Id', tags.releaseId],
    ['SomethingElse', 'of no meaning'],
  ];
  return [
    ...named
      .filter(([, text]) => text !== '')
      .map(([name, text]): [string, Buffer] => [name, encoded(text, shape)]),
    ...described
      .filter(([, text]) => text !== '')
      .map(([name, text]): [string, Buffer] => ['TXXX', parted(shape, '', name, text)]),
    ...(tags.recordingId === ''
      ? []
      : [
          ['UFID', Buffer.from(`http://musicbrainz.org\0${tags.recordingId}`)] satisfies [
            string,
            Buffer,
          ],
        ]),
    ...(tags.comment === ''
      ? []
      : [['COMM', parted(shape, 'eng', '', tags.comment)] satisfies [string, Buffer]]),
    ['COMM', parted(shape, 'eng', 'iTunNORM', ' 00000000')],
    ...(tags.lyrics === ''
      ? []
      : [['USLT', parted(shape, 'eng', '', tags.lyrics)] satisfies [string, Buffer]]),
    ...tags.pictures.map((bytes, index): [string, Buffer] => [
      'APIC',
      attached(shape, bytes, index === 0 ? 3 : 4),
    ]),
  ];
}

function attached({ version }: Id3Shape, picture: Buffer, kind: number): Buffer {
  const mime = version === 2 ? '\0JPG' : '\0image/jpeg\0';
  return Buffer.concat([Buffer.from(mime, 'latin1'), Buffer.from([kind, 0]), picture]);
}

/** null: a frame that 2.2 has no name for. */
function frame(
  name: string,
  body: Buffer,
  { version, isUnsynchronised = false }: Id3Shape,
): Buffer | null {
  if (version === 2) {
    const old = oldNames[name];
    return old === undefined
      ? null
      : Buffer.concat([Buffer.from(old), uint32(body.length).subarray(1), body]);
  }
  const isChanged = version === 4 && isUnsynchronised;
  const content = isChanged ? Buffer.concat([sevenBits(body.length), unsynchronise(body)]) : body;
  const size = version === 4 ? sevenBits(content.length) : uint32(content.length);
  return Buffer.concat([Buffer.from(name), size, Buffer.from([0, isChanged ? 3 : 0]), content]);
}

function encoded(text: string, shape: Id3Shape): Buffer {
  const encoding = encodingFor(text, shape);
  return Buffer.concat([Buffer.from([encoding]), inEncoding(text, encoding)]);
}

/** Language, description and text, with the description's end. */
function parted(shape: Id3Shape, language: string, description: string, text: string): Buffer {
  const encoding = encodingFor(text, shape);
  const end = Buffer.alloc(encoding === 1 || encoding === 2 ? 2 : 1);
  return Buffer.concat([
    Buffer.from([encoding]),
    Buffer.from(language, 'latin1'),
    inEncoding(description, encoding),
    end,
    inEncoding(text, encoding),
  ]);
}

function encodingFor(text: string, { encoding, version }: Id3Shape): number {
  const isLatin = /^[\0-\xff]*$/.test(text);
  if (encoding === 0 && !isLatin) return version === 4 ? 3 : 1;
  return version < 4 && encoding > 1 ? 1 : encoding;
}

function inEncoding(text: string, encoding: number): Buffer {
  switch (encoding) {
    case 0:
      return Buffer.from(text, 'latin1');
    case 1:
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 2:
      return Buffer.from(text, 'utf16le').swap16();
    default:
      return Buffer.from(text);
  }
}

function unsynchronise(bytes: Buffer): Buffer {
  const result: number[] = [];
  for (const [at, byte] of bytes.entries()) {
    result.push(byte);
    const next = bytes[at + 1];
    if (byte === 0xff && (next === undefined || next === 0 || next >= 0xe0)) result.push(0);
  }
  return Buffer.from(result);
}

function sevenBits(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >> shift) & 127));
}
