import {
  albumTitle,
  artistName,
  lyricsText,
  movementTitle,
  pickScript,
  type Script,
  trackTitle,
  workTitle,
} from './names.ts';
import { createRandom, type Random } from './random.ts';

export type FileKind = 'mp3' | 'flac' | 'm4a' | 'ogg' | 'opus' | 'wav';

/** What a made file says and sounds like. Absent texts are ''. */
export interface MadeTrack {
  /** Of the library, from 0: no two files have the same sound. */
  readonly number: number;
  readonly kind: FileKind;
  /** Below the library's folder, '/' between parts. */
  readonly path: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly composer: string;
  readonly track: number;
  readonly disc: number;
  readonly seconds: number;
  readonly lyrics: string;
  readonly release: Release;
  /** In decibels; null on releases without ReplayGain. */
  readonly gain: number | null;
  /** Hexadecimal with hyphens; '' on releases that MusicBrainz does not know. */
  readonly recordingId: string;
}

/** What all tracks of one album have in common. */
export interface Release {
  readonly folder: string;
  readonly title: string;
  readonly artist: string;
  readonly year: number;
  readonly originalYear: number;
  readonly genres: readonly string[];
  readonly tracks: number;
  readonly discs: number;
  readonly compilation: boolean;
  readonly gain: number | null;
  readonly releaseId: string;
  readonly artistId: string;
  /** Which picture it has; where it lies is said by the two below. */
  readonly picture: number;
  readonly embedsPicture: boolean;
  /** A file's name, or '' when the folder has no picture. */
  readonly folderPicture: string;
  /** Milliseconds since 1970 that its files carry. */
  readonly modified: number;
  /** What else differs from tool to tool. */
  readonly tagging: Tagging;
}

export interface Tagging {
  readonly id3: 3 | 4;
  readonly id3v1: boolean;
  /** Constant, or a variable rate with a table of the encoder's. */
  readonly vbr: boolean;
  readonly kilobits: 128 | 192 | 256 | 320;
  /** M4A: the index behind the sound. */
  readonly moovLast: boolean;
}

interface Artist {
  readonly script: Script;
  readonly name: string;
  readonly kind: FileKind;
  readonly layout: number;
  readonly genre: string;
}

type Form = 'album' | 'single' | 'double' | 'box' | 'compilation' | 'classical';

const kinds: readonly (readonly [FileKind, number])[] = [
  ['mp3', 0.54],
  ['flac', 0.22],
  ['m4a', 0.11],
  ['ogg', 0.05],
  ['opus', 0.06],
  ['wav', 0.02],
];
const genres =
  'Rock|Pop|Jazz|Folk|Electronic|Ambient|Hip-Hop|Metal|Soul|Blues|Country|Klassik|J-Pop'.split('|');
const year2026 = Date.UTC(2026, 0);
const day = 86_400_000;

/** Releases without end, the same for the same seed: take as many as are wanted. */
export function* madeReleases(seed: number): Generator<readonly MadeTrack[]> {
  const random = createRandom(seed);
  const artists: Artist[] = [];
  let tracks = 0;
  for (let number = 0; ; number += 1) {
    const form = formOf(random);
    // A third of all releases is by somebody new; of the known, some have far more than others.
    const isNew = artists.length < 3 || random.chance(0.35);
    const artist = isNew
      ? newArtist(random, artists.length)
      : artists[Math.floor(artists.length * random.part() ** 1.5)];
    if (artist === undefined) throw new Error('Every part of the list has an artist');
    if (isNew) artists.push(artist);
    const made = makeRelease(random, { number, form, artist, artists, from: tracks });
    tracks += made.length;
    yield made;
  }
}

function makeRelease(
  random: Random,
  given: {
    readonly number: number;
    readonly form: Form;
    readonly artist: Artist;
    readonly artists: readonly Artist[];
    readonly from: number;
  },
): readonly MadeTrack[] {
  const { form, artist, number } = given;
  const discs = form === 'double' ? 2 : form === 'box' ? random.whole(4, 10) : 1;
  const perDisc = form === 'single' ? random.whole(1, 4) : random.whole(8, 14);
  const title = form === 'classical' ? workTitle(random) : albumTitle(random, artist.script);
  const year = random.whole(1955, 2025);
  const isCompilation = form === 'compilation';
  const isKnown = random.chance(0.35);
  const gain = random.chance(0.4) ? -random.whole(0, 1200) / 100 : null;
  const release: Release = {
    folder: folderOf(artist, title, year, form, number),
    title,
    artist: isCompilation ? 'Various Artists' : artist.name,
    year,
    originalYear: random.chance(0.2) ? year - random.whole(0, 30) : year,
    genres: form === 'classical' ? ['Classical'] : genresOf(random, artist),
    tracks: perDisc,
    discs,
    compilation: isCompilation,
    gain,
    releaseId: isKnown ? uuid(random) : '',
    artistId: isKnown ? uuid(random) : '',
    picture: number,
    embedsPicture: random.chance(0.34),
    folderPicture: random.chance(0.5)
      ? random.pick(['cover.jpg', 'folder.jpg', 'Front.jpg', 'Cover.JPG'])
      : '',
    modified: year2026 - random.whole(1, 4000) * day,
    tagging: {
      id3: random.chance(0.55) ? 3 : 4,
      id3v1: random.chance(0.15),
      vbr: random.chance(0.5),
      kilobits: random.pick([128, 192, 256, 320]),
      moovLast: random.chance(0.4),
    },
  };
  const works = random.several([workTitle(random), workTitle(random), title], 3);
  return Array.from({ length: discs * perDisc }, (_, at) => {
    const disc = Math.floor(at / perDisc) + 1;
    const track = (at % perDisc) + 1;
    const by = isCompilation ? random.pick(given.artists) : artist;
    const work = works[Math.floor(track / 4) % works.length] ?? title;
    const name =
      form === 'classical' ? movementTitle(work, track % 4) : trackTitle(random, by.script);
    const file = fileName(artist.layout, disc, discs, track, name, by.name, isCompilation);
    return {
      number: given.from + at,
      kind: artist.kind,
      path: `${release.folder}/${file}.${artist.kind}`,
      title: name,
      artists: random.chance(0.04) ? [by.name, random.pick(given.artists).name] : [by.name],
      composer: form === 'classical' ? `${artist.name} (composer)` : '',
      track,
      disc,
      seconds: form === 'classical' ? random.whole(150, 900) : secondsOf(random),
      lyrics: random.chance(0.1) ? lyricsText(random, by.script) : '',
      release,
      gain: gain === null ? null : gain + random.whole(-200, 200) / 100,
      recordingId: isKnown ? uuid(random) : '',
    };
  });
}

function newArtist(random: Random, number: number): Artist {
  const script = pickScript(random);
  let rest = random.part();
  const kind = kinds.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'mp3';
  return {
    script,
    name: artistName(random, script, number),
    kind,
    layout: random.whole(0, 3),
    genre: random.pick(genres),
  };
}

function formOf(random: Random): Form {
  const part = random.part();
  if (part < 0.12) return 'single';
  if (part < 0.17) return 'double';
  if (part < 0.18) return 'box';
  if (part < 0.24) return 'compilation';
  return part < 0.3 ? 'classical' : 'album';
}

/** The release's number keeps two of one name apart, as a label's number does. */
function folderOf(
  { name, layout }: Artist,
  title: string,
  year: number,
  form: Form,
  number: number,
): string {
  const [by, of] = [inPath(name), inPath(title)];
  if (form === 'compilation') return `Compilations/${of} [${number}]`;
  if (form === 'classical') return `Classical/${by}/${of} [${number}]`;
  switch (layout) {
    case 0:
      return `${by}/${year} - ${of} [${number}]`;
    case 1:
      return `${by}/${of} [${number}]`;
    case 2:
      return `${by} - ${of} (${year}) [${number}]`;
    default:
      return `${by.slice(0, 1)}/${by}/Albums/${of} [${number}]`;
  }
}

function fileName(
  layout: number,
  disc: number,
  discs: number,
  track: number,
  title: string,
  artist: string,
  isCompilation: boolean,
): string {
  const two = String(track).padStart(2, '0');
  const name = isCompilation ? `${inPath(artist)} - ${inPath(title)}` : inPath(title);
  if (discs === 1) return `${two}${layout === 1 ? ' -' : ''} ${name}`;
  return layout < 2 ? `CD${disc}/${two} ${name}` : `${disc}-${two} ${name}`;
}

/** What taggers do with names that no file system takes, and short enough for all. */
function inPath(name: string): string {
  const safe = name.replaceAll(/[/\\:*?"<>|]/g, '_').replace(/^\.+|\.+$/g, '_');
  return Array.from(safe).slice(0, 40).join('').trim();
}

/** A few of each hundred are interludes. */
function secondsOf(random: Random): number {
  return random.chance(0.03) ? random.whole(12, 25) : random.whole(110, 420) + random.part();
}

function genresOf(random: Random, { genre }: Artist): readonly string[] {
  return random.chance(0.15) ? [genre, random.pick(genres)] : [genre];
}

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join('-');
}
