import { atom, words, zeros } from '../made-library/atoms.ts';
import { uint32 } from '../made-library/file-shape.ts';
import type { MadeTags } from './made-tags.ts';

export interface Mp4Shape {
  readonly codec: 'mp4a' | 'alac';
  readonly isIndexLast: boolean;
  readonly chapters: readonly string[];
  /** Of free room inside the list of items. */
  readonly padding: number;
}

/** https://developer.apple.com/documentation/quicktime-file-format, tagged as iTunes does. */
export function mp4(tags: MadeTags, audio: Buffer, shape: Mp4Shape): Buffer {
  const kind = atom('ftyp', Buffer.from('M4A \0\0\x02\0M4A mp42isom', 'latin1'));
  const index = movie(tags, shape);
  const media = atom('mdat', audio);
  return Buffer.concat(
    shape.isIndexLast ? [kind, atom('free', Buffer.alloc(9)), media, index] : [kind, index, media],
  );
}

function movie(tags: MadeTags, { codec, chapters, padding }: Mp4Shape): Buffer {
  const samples = 3 * 44_100 + 1024 + 500;
  return atom(
    'moov',
    atom('mvhd', words(0, 0, 0, 1000, 3000, ...zeros(20))),
    atom(
      'trak',
      atom('tkhd', words(7, 0, 0, 1, 0, 3000, ...zeros(15))),
      atom('edts', atom('elst', words(0, 1, 3000, 1024, 0x10000))),
      atom(
        'mdia',
        atom('mdhd', words(0, 0, 0, 44_100, samples, 0)),
        atom('hdlr', words(0, 0), Buffer.from('soun'), words(0, 0, 0), Buffer.alloc(1)),
        atom('minf', atom('smhd', words(0, 0)), atom('stbl', ...tables(codec))),
      ),
    ),
    atom(
      'udta',
      atom(
        'meta',
        words(0),
        atom('hdlr', words(0, 0), Buffer.from('mdirappl'), words(0, 0), Buffer.alloc(1)),
        atom('ilst', ...items(tags)),
        atom('free', Buffer.alloc(padding)),
      ),
      ...(chapters.length === 0 ? [] : [atom('chpl', chapterList(chapters))]),
    ),
  );
}

function tables(codec: 'mp4a' | 'alac'): Buffer[] {
  const entry = Buffer.concat([words(0, 1, 0, 0, 0x0002_0010, 0), uint32(44_100 * 0x10000)]);
  const setting = Buffer.concat([
    words(0, 4096),
    Buffer.from([0, 16, 40, 10, 14, 2, 0, 255]),
    words(0, 0, 44_100),
  ]);
  const inner = codec === 'alac' ? atom('alac', setting) : atom('esds', words(0));
  return [
    atom('stsd', words(0, 1), atom(codec, entry, inner)),
    atom('stts', words(0, 1, 130, 1024)),
    atom('stsc', words(0, 1, 1, 130, 1)),
    atom('stsz', words(0, 0, 2, 400, 400)),
    atom('stco', words(0, 1, 0)),
  ];
}

function chapterList(titles: readonly string[]): Buffer {
  const entries = titles.map((title, index) => {
    const text = Buffer.from(title);
    return Buffer.concat([words(0, index * 10_000_000), Buffer.from([text.length]), text]);
  });
  return Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, titles.length]), ...entries]);
}

function items(tags: MadeTags): Buffer[] {
  const texts: [string, string][] = [
    ['\xa9nam', tags.title],
    ['\xa9alb', tags.album],
    ['aART', tags.albumArtist],
    ['\xa9day', tags.date],
    ['\xa9cmt', tags.comment],
    ['\xa9lyr', tags.lyrics],
    ['soar', tags.artistSort],
  ];
  const free: [string, string][] = [
    ['replaygain_track_gain', tags.trackGain],
    ['replaygain_track_peak', tags.trackPeak],
    ['MusicBrainz Album Id', tags.releaseId],
    ['MusicBrainz Track Id', tags.recordingId],
    ['LABEL', tags.label],
  ];
  const data = (kind: number, value: Uint8Array): Buffer => atom('data', words(kind, 0), value);
  return [
    ...texts
      .filter(([, text]) => text !== '')
      .map(([name, text]) => atom(name, data(1, Buffer.from(text)))),
    atom('\xa9ART', ...tags.artists.map((name) => data(1, Buffer.from(name)))),
    ...tags.genres.map((name) => atom('\xa9gen', data(1, Buffer.from(name)))),
    ...tags.composers.map((name) => atom('\xa9wrt', data(1, Buffer.from(name)))),
    atom('trkn', data(0, Buffer.from([0, 0, 0, tags.track, 0, tags.tracks, 0, 0]))),
    atom('disk', data(0, Buffer.from([0, 0, 0, tags.disc, 0, 0]))),
    atom('cpil', data(21, Buffer.from([Number(tags.isCompilation)]))),
    atom('tmpo', data(21, Buffer.from([0, tags.beatsPerMinute]))),
    ...free
      .filter(([, text]) => text !== '')
      .map(([name, text]) =>
        atom(
          '----',
          atom('mean', words(0), Buffer.from('com.apple.iTunes')),
          atom('name', words(0), Buffer.from(name)),
          data(1, Buffer.from(text)),
        ),
      ),
    ...(tags.pictures.length === 0
      ? []
      : [atom('covr', ...tags.pictures.map((bytes) => data(13, bytes)))]),
  ];
}
