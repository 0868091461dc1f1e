import type { Random } from '../made-library/random.ts';

/** What a made file's tag says. Empty texts and lists are not written. */
export interface MadeTags {
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly albumArtist: string;
  readonly genres: readonly string[];
  readonly composers: readonly string[];
  readonly track: number;
  readonly tracks: number;
  readonly disc: number;
  readonly date: string;
  readonly comment: string;
  readonly lyrics: string;
  readonly isCompilation: boolean;
  readonly beatsPerMinute: number;
  readonly trackGain: string;
  readonly trackPeak: string;
  readonly releaseId: string;
  readonly recordingId: string;
  readonly artistSort: string;
  readonly label: string;
  /** Each a picture's bytes; the first is the front. */
  readonly pictures: readonly Buffer[];
}

const words = [
  'amber',
  'Björk',
  'C#',
  'dusk',
  'É',
  'Étienne',
  'ﬁn',
  'Łódź',
  'Пётр',
  '坂本龍一',
  '🎵',
  'AC/DC',
  'x'.repeat(140),
  'née',
  '  spaced  ',
];
const genres = ['Folk', 'Jazz', 'Hip-Hop', 'Ambient', 'Été'];
const dates = ['1997', '1997-05', '1997-05-21', '2001-12-31', ''];
const pictureSizes = [200, 200, 200, 200, 1000, 1000, 3000, 3000, 40_000];

export function madeTags(random: Random): MadeTags {
  return {
    title: phrase(random),
    artists: list(random, 3, () => phrase(random)),
    album: sometimes(random, 8, phrase(random)),
    albumArtist: sometimes(random, 5, phrase(random)),
    genres: [...new Set(list(random, 2, () => random.pick(genres)))],
    composers: list(random, 2, () => phrase(random)),
    track: random.whole(0, 130),
    tracks: random.whole(0, 130),
    disc: random.whole(0, 3),
    date: random.pick(dates),
    comment: sometimes(random, 3, phrase(random)),
    lyrics: sometimes(random, 2, `${phrase(random)}\n${phrase(random)}`),
    isCompilation: random.whole(0, 5) === 0,
    beatsPerMinute: random.whole(0, 3) === 0 ? random.whole(60, 200) : 0,
    trackGain: sometimes(random, 4, `-${random.whole(0, 12)}.${random.whole(10, 99)} dB`),
    trackPeak: sometimes(random, 4, `0.9${random.whole(10, 99)}`),
    releaseId: sometimes(random, 4, 'f1b8a3c4-0000-4000-8000-0123456789ab'),
    recordingId: sometimes(random, 4, 'c0ffee00-0000-4000-8000-0123456789ab'),
    artistSort: sometimes(random, 3, phrase(random)),
    label: sometimes(random, 3, phrase(random)),
    pictures: list(random, 2, () => picture(random)).slice(random.whole(0, 2)),
  };
}

function phrase(random: Random): string {
  return list(random, 4, () => random.pick(words))
    .join(' ')
    .trim();
}

/** One to `most`. */
function list<Item>(random: Random, most: number, make: () => Item): Item[] {
  return Array.from({ length: random.whole(1, most) }, make);
}

function sometimes(random: Random, inTen: number, text: string): string {
  return random.whole(1, 10) <= inTen ? text : '';
}

function picture(random: Random): Buffer {
  const bytes = Buffer.alloc(random.pick(pictureSizes), random.whole(0, 254));
  // As a JPEG begins; and what unsynchronisation is for.
  bytes.set([0xff, 0xd8, 0xff, 0xe0, 0xff, 0x00, random.whole(0, 255)]);
  return bytes;
}
