import { uint32, uint32Little } from '../made-library/file-shape.ts';
import { ascii, goodHead, goodShape, torture, type TortureFile } from './torture-file.ts';

/** Boxes, pages and chunks whose sizes lie, that hold themselves or that never end. */
export function brokenContainers(): TortureFile[] {
  return [...atoms(), ...pages(), ...chunks(), ...otherFormats()];
}

function atoms(): TortureFile[] {
  const kind = atom('ftyp', ascii('M4A \0\0\x02\0M4A mp42'));
  const good = goodHead('m4a', 500);
  const file = (...parts: readonly Buffer[]) => Buffer.concat([kind, ...parts, Buffer.alloc(2000)]);
  const changed = (name: string, at: number, value: number) => {
    const bytes = Buffer.from(good);
    bytes.writeUInt32BE(value, bytes.indexOf(name) + at);
    return bytes;
  };
  return [
    torture('atom of size 0.m4a', file(atom('moov', Buffer.alloc(100), 0))),
    torture('atom of size 1.m4a', file(atom('moov', Buffer.alloc(100, 0xff), 1))),
    torture('atom of size 4.m4a', file(atom('moov', Buffer.alloc(100), 4))),
    torture(
      'atom of 2^63 bytes.m4a',
      file(atom('moov', Buffer.concat([uint32(0x7fff_ffff), uint32(0xffff_ffff)]), 1)),
    ),
    torture(
      'atom longer than all.m4a',
      file(atom('moov', atom('udta', Buffer.alloc(9), 0x7fff_ffff))),
    ),
    torture('atom in atom ten thousand times.m4a', file(nested('moov', 10_000))),
    torture('meta in meta.m4a', file(atom('moov', nested('meta', 3000)))),
    torture('tracks in tracks.m4a', file(atom('moov', nested('trak', 3000)))),
    torture(
      'a hundred thousand atoms.m4a',
      file(Buffer.concat(Array.from({ length: 100_000 }, () => atom('free', Buffer.alloc(0))))),
    ),
    torture(
      'ten thousand tracks.m4a',
      file(
        atom(
          'moov',
          Buffer.concat(Array.from({ length: 10_000 }, () => atom('trak', Buffer.alloc(0)))),
        ),
      ),
    ),
    torture('countless sizes.m4a', changed('stsz', 12, 0xffff_ffff)),
    torture('countless times.m4a', changed('stts', 8, 0xffff_ffff)),
    torture('no rate.m4a', changed('mdhd', 16, 0)),
    torture('longest length.m4a', changed('mdhd', 20, 0xffff_ffff)),
    torture('value longer than its atom.m4a', changed('\xa9nam', 4, 0x7fff_ffff)),
    torture('value of size 0.m4a', changed('\xa9nam', 4, 0)),
    torture('list longer than all.m4a', changed('ilst', -4, 0xffff_fff0)),
    torture('only a head.m4a', kind),
  ];
}

function pages(): TortureFile[] {
  const vorbis = goodHead('ogg', 510);
  const opus = goodHead('opus', 511);
  const firstPage = (bytes: Buffer) => bytes.subarray(0, bytes.indexOf('OggS', 4));
  const starts = { ogg: firstPage(vorbis), opus: firstPage(opus) };
  const changed = (bytes: Buffer, at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt32LE(value, at);
    return copy;
  };
  return [
    torture('page without end.ogg', Buffer.concat([starts.ogg, endlessPages(30)])),
    torture(
      'comment without end.opus',
      Buffer.concat([starts.opus, endlessPages(30, ascii('OpusTags'))]),
    ),
    torture(
      'empty pages.ogg',
      Buffer.concat([
        starts.ogg,
        ...Array.from({ length: 50_000 }, (_, at) => page([], Buffer.alloc(0), at)),
      ]),
    ),
    torture(
      'five thousand streams.ogg',
      Buffer.concat(Array.from({ length: 5000 }, (_, at) => changed(starts.ogg, 14, at))),
    ),
    torture(
      'countless comments.ogg',
      changed(vorbis, vorbis.indexOf('\x03vorbis') + 7, 0xffff_ffff),
    ),
    torture(
      'vendor longer than all.opus',
      changed(opus, opus.indexOf('OpusTags') + 8, 0x7fff_ffff),
    ),
    torture('comment longer than all.opus', changed(opus, opus.indexOf('TITLE=') - 4, 0xffff_fff0)),
    torture('no rate.ogg', changed(vorbis, vorbis.indexOf('\x01vorbis') + 12, 0)),
    torture(
      'no channels.opus',
      Buffer.concat([opus.subarray(0, 37), Buffer.of(0), opus.subarray(38)]),
    ),
    torture('picture of no base64.opus', pictureComment('@@@@'.repeat(1000))),
    torture(
      'picture with lengths that lie.opus',
      pictureComment(Buffer.alloc(64, 0xff).toString('base64')),
    ),
    torture('ends before its beginning.ogg', lastPage(starts.ogg, -5n)),
    torture('ends never.ogg', lastPage(vorbis, 0x7fff_ffff_ffff_ffffn)),
  ];

  function pictureComment(text: string): Buffer {
    const comment = Buffer.from(`METADATA_BLOCK_PICTURE=${text}`);
    const body = Buffer.concat([
      ascii('OpusTags'),
      uint32Little(0),
      uint32Little(1),
      uint32Little(comment.length),
      comment,
    ]);
    const lacing = [
      ...Array.from({ length: Math.floor(body.length / 255) }, () => 255),
      body.length % 255,
    ];
    return Buffer.concat([
      starts.opus,
      page(lacing, body, 1),
      page([100], Buffer.alloc(100), 2, 4, 96_000n),
    ]);
  }

  function lastPage(before: Buffer, samples: bigint): Buffer {
    return Buffer.concat([before, page([10], Buffer.alloc(10), 99, 4, samples)]);
  }
}

function chunks(): TortureFile[] {
  const good = goodHead('wav', 520);
  const changed = (at: number, value: number) => {
    const bytes = Buffer.from(good);
    bytes.writeUInt32LE(value, at);
    return bytes;
  };
  const riff = (...parts: readonly Buffer[]) =>
    Buffer.concat([ascii('RIFF'), uint32Little(0xffff_ffff), ascii('WAVE'), ...parts]);
  const chunk = (name: string, body: Buffer, length = body.length) =>
    Buffer.concat([ascii(name), uint32Little(length), body]);
  return [
    torture('4 GB by its head.wav', changed(40, 0xffff_ffff)),
    torture('4 GB in all.wav', changed(4, 0xffff_ffff)),
    torture('0 bytes in all.wav', changed(4, 0)),
    torture(
      'no rate.wav',
      Buffer.concat([good.subarray(0, 24), Buffer.alloc(12), good.subarray(36)]),
    ),
    torture('format longer than all.wav', changed(16, 0xffff_ffff)),
    torture('no format.wav', riff(chunk('data', Buffer.alloc(1000)))),
    torture(
      'tag longer than all.wav',
      Buffer.concat([
        good.subarray(0, 36),
        chunk('id3 ', ascii('ID3\x04\0\0\x7f\x7f\x7f\x7f'), 0x7fff_ffff),
      ]),
    ),
    torture(
      'a hundred thousand chunks.wav',
      riff(Buffer.concat(Array.from({ length: 100_000 }, () => chunk('junk', Buffer.alloc(0))))),
    ),
    torture(
      'list in list.wav',
      riff(chunk('LIST', ascii('INFOLIST\xff\xff\xff\xffINFO'), 0xffff_fff0)),
    ),
    torture('RF64.wav', Buffer.concat([ascii('RF64'), good.subarray(4)])),
    torture('only a head.wav', good.subarray(0, 12)),
  ];
}

/** The marks of further formats, and behind them nothing that could be true. */
function otherFormats(): TortureFile[] {
  const lies = Buffer.alloc(4000, 0xff);
  const asf = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex');
  const marks: readonly (readonly [string, Buffer])[] = [
    ['aiff', Buffer.concat([ascii('FORM'), uint32(0xffff_ffff), ascii('AIFFCOMM'), lies])],
    ['aif', Buffer.concat([ascii('FORM'), uint32(0), ascii('AIFCID3 '), lies])],
    ['wma', Buffer.concat([asf, lies])],
    ['ape', Buffer.concat([ascii('MAC '), lies])],
    ['wv', Buffer.concat([ascii('wvpk'), lies])],
    ['mpc', Buffer.concat([ascii('MPCK'), lies])],
    ['dsf', Buffer.concat([ascii('DSD '), lies])],
    ['aac', Buffer.concat([Buffer.of(0xff, 0xf1), lies])],
  ];
  return marks.flatMap(([ending, bytes]) => [
    torture(`lies.${ending}`, bytes),
    torture(`only a mark.${ending}`, bytes.subarray(0, 16)),
    torture(`zeros behind.${ending}`, Buffer.concat([bytes.subarray(0, 20), Buffer.alloc(3000)])),
    torture(`in truth mp3.${ending}`, goodShape('mp3', 530)),
  ]);
}

function atom(name: string, body: Buffer, size = body.length + 8): Buffer {
  return Buffer.concat([uint32(size), ascii(name), body]);
}

function nested(name: string, depth: number): Buffer {
  const heads = Array.from({ length: depth }, (_, level) =>
    Buffer.concat([uint32(8 * (depth - level)), ascii(name)]),
  );
  return Buffer.concat(heads);
}

function page(
  lacing: readonly number[],
  body: Buffer,
  number: number,
  flags = 0,
  samples = 0n,
): Buffer {
  const head = Buffer.alloc(27);
  head.write('OggS', 'latin1');
  head[5] = flags;
  head.writeBigInt64LE(samples, 6);
  head.writeUInt32LE(1, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lacing.length;
  return Buffer.concat([head, Buffer.from(lacing), body]);
}

/** One packet over all of them, which the last one does not end either. */
function endlessPages(count: number, start = ascii('\x03vorbis')): Buffer {
  const lacing = Array.from({ length: 255 }, () => 255);
  const body = Buffer.alloc(255 * 255, 0x20);
  const first = Buffer.from(body);
  start.copy(first);
  return Buffer.concat(
    Array.from({ length: count }, (_, at) =>
      page(lacing, at === 0 ? first : body, at + 1, at === 0 ? 0 : 1, -1n),
    ),
  );
}
