import { uint32, uint32Little } from '../made-library/file-shape.ts';
import type { MadeTags } from './made-tags.ts';

/** Vorbis comments. https://xiph.org/vorbis/doc/v-comment.html */
export function vorbisComment(tags: MadeTags, more: readonly string[] = []): Buffer {
  const entries = [
    `TITLE=${tags.title}`,
    ...tags.artists.map((name) => `artist=${name}`),
    `ALBUM=${tags.album}`,
    `ALBUMARTIST=${tags.albumArtist}`,
    ...tags.genres.map((name) => `GENRE=${name}`),
    ...tags.composers.map((name) => `COMPOSER=${name}`),
    `TRACKNUMBER=${tags.track}`,
    `TRACKTOTAL=${tags.tracks}`,
    `DISCNUMBER=${tags.disc}`,
    `DATE=${tags.date}`,
    `COMMENT=${tags.comment}`,
    `LYRICS=${tags.lyrics}`,
    `COMPILATION=${Number(tags.isCompilation)}`,
    `BPM=${tags.beatsPerMinute}`,
    `REPLAYGAIN_TRACK_GAIN=${tags.trackGain}`,
    `REPLAYGAIN_TRACK_PEAK=${tags.trackPeak}`,
    `MUSICBRAINZ_ALBUMID=${tags.releaseId}`,
    `MUSICBRAINZ_TRACKID=${tags.recordingId}`,
    `ARTISTSORT=${tags.artistSort}`,
    `LABEL=${tags.label}`,
    'UNHEARD_OF=a=b',
    ...more,
  ];
  return Buffer.concat([sized('made'), uint32Little(entries.length), ...entries.map(sized)]);
}

/**
 * https://www.rfc-editor.org/rfc/rfc9639#section-8
 * @param more further comments, "NAME=text"
 */
export function flac(
  tags: MadeTags,
  audio: Buffer,
  hasMd5 = true,
  more: readonly string[] = [],
): Buffer {
  const info = Buffer.alloc(34);
  info.writeUInt32BE(0x1000_1000);
  // 44.1 kHz, two channels, 16 bits, and a length of 3 s.
  info.writeUIntBE((44_100 << 4) | (1 << 1), 10, 3);
  info.writeUInt8(15 << 4, 13);
  info.writeUInt32BE(3 * 44_100, 14);
  if (hasMd5) info.set(audio.subarray(0, 16), 18);
  const blocks = [
    { kind: 0, body: info },
    { kind: 3, body: Buffer.alloc(18) },
    { kind: 4, body: vorbisComment(tags, more) },
    ...tags.pictures.map((bytes, index) => ({
      kind: 6,
      body: pictureBlock(bytes, index === 0 ? 3 : 4),
    })),
    { kind: 0x81, body: Buffer.alloc(500) },
  ];
  return Buffer.concat([
    Buffer.from('fLaC'),
    ...blocks.flatMap(({ kind, body }) => [
      Buffer.from([kind]),
      uint32(body.length).subarray(1),
      body,
    ]),
    audio,
  ]);
}

/** Packets of sound, twenty to the page, behind the headers of Opus or Vorbis. */
export function ogg(tags: MadeTags, audio: Buffer, kind: 'opus' | 'vorbis'): Buffer {
  const pictures = tags.pictures.map(
    (bytes, index) =>
      `METADATA_BLOCK_PICTURE=${pictureBlock(bytes, index === 0 ? 3 : 4).toString('base64')}`,
  );
  const comment = vorbisComment(tags, [
    ...pictures,
    ...(kind === 'opus' ? ['R128_TRACK_GAIN=-512'] : []),
  ]);
  const headers =
    kind === 'opus'
      ? [Buffer.concat([Buffer.from('OpusTags'), comment])]
      : [
          Buffer.concat([Buffer.from('\x03vorbis'), comment, Buffer.from([1])]),
          Buffer.concat([Buffer.from('\x05vorbis'), Buffer.alloc(3000, 7)]),
        ];
  const pages = [
    ...pagesOf([kind === 'opus' ? opusHead() : vorbisHead()], 0),
    ...pagesOf(headers, 0),
  ];
  const packets = Array.from({ length: Math.ceil(audio.length / 200) }, (_, at) =>
    audio.subarray(200 * at, 200 * at + 200),
  );
  for (let at = 0; at < packets.length; at += 20)
    pages.push(...pagesOf(packets.slice(at, at + 20), 960 * (at + 20)));
  return Buffer.concat(
    pages.map((page, number) =>
      numbered(page, number, number === 0 ? 2 : number === pages.length - 1 ? 4 : 0),
    ),
  );
}

export function pictureBlock(bytes: Buffer, kind: number): Buffer {
  const mime = Buffer.from('image/jpeg');
  return Buffer.concat([
    ...[kind, mime.length].map(uint32),
    mime,
    ...[0, 1, 1, 24, 0, bytes.length].map(uint32),
    bytes,
  ]);
}

function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head.set([1, 2], 8);
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
}

function vorbisHead(): Buffer {
  const head = Buffer.alloc(30);
  head.write('\x01vorbis', 'latin1');
  head.writeUInt8(2, 11);
  head.writeUInt32LE(44_100, 12);
  head.writeUInt32LE(160_000, 20);
  head.set([0xb8, 1], 28);
  return head;
}

/** Packets over as many pages as they take; numbers are set later. */
function pagesOf(packets: readonly Buffer[], position: number): Buffer[] {
  const lacing = packets.flatMap(({ length }) => [
    ...Array.from({ length: Math.floor(length / 255) }, () => 255),
    length % 255,
  ]);
  const body = Buffer.concat(packets);
  const pages: Buffer[] = [];
  for (let from = 0, at = 0; from < lacing.length; from += 255) {
    const part = lacing.slice(from, from + 255);
    const bytes = part.reduce((sum, one) => sum + one, 0);
    const head = Buffer.alloc(27);
    head.write('OggS');
    head.writeUInt8(from > 0 && lacing[from - 1] === 255 ? 1 : 0, 5);
    head.writeUInt32LE(position, 6);
    head.writeUInt32LE(77, 14);
    head.writeUInt8(part.length, 26);
    pages.push(Buffer.concat([head, Buffer.from(part), body.subarray(at, at + bytes)]));
    at += bytes;
  }
  return pages;
}

/** Without a checksum, which no reader of tags looks at. */
function numbered(page: Buffer, number: number, flags: number): Buffer {
  page.writeUInt8(page.readUInt8(5) | flags, 5);
  page.writeUInt32LE(number, 18);
  return page;
}

function sized(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint32Little(bytes.length), bytes]);
}
