import { freeformNames, id3Names, oldId3Names } from '../tags/field-names.ts';
import { isEdited } from './edited-names.ts';
import {
  encode,
  encodedText,
  encodingFor,
  type Frame,
  type Id3Version,
  makeFrame,
  terminatedText,
  terminator,
} from './id3-frames.ts';
import {
  isCoverReplaced,
  likedName,
  likedValue,
  type Picture,
  slashed,
  type TagEdit,
  type TextField,
} from './tag-edit.ts';

/** A text field's frame since version 2.3. */
const textFrames: Readonly<Record<PlainField, string>> = {
  title: 'TIT2',
  artists: 'TPE1',
  album: 'TALB',
  albumArtists: 'TPE2',
  compilation: 'TCMP',
  composers: 'TCOM',
  bpm: 'TBPM',
  titleSort: 'TSOT',
  artistSort: 'TSOP',
  albumSort: 'TSOA',
  albumArtistSort: 'TSO2',
};
type PlainField = Exclude<TextField, 'date' | 'originalDate' | 'comment' | 'lyrics' | 'genres'>;

/** What they are called in version 2.2, by what they are called since. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ...[...oldId3Names].map(([short, long]) => [long, short] as const),
  ['POPM', 'POP'],
]);
const longNames: ReadonlyMap<string, string> = new Map(
  [...shortNames].map(([long, short]) => [short, long]),
);
/** Parts of a date that go with it, and lyrics by the second, which would contradict new ones. */
const goingAlong: ReadonlyMap<string, TextField> = new Map([
  ['TIME', 'date'],
  ['TIM', 'date'],
  ['TRDA', 'date'],
  ['TRD', 'date'],
  ['SYLT', 'lyrics'],
  ['SLT', 'lyrics'],
]);
/** As Windows Media Player rates, which most others read. */
const raterName = 'Windows Media Player 9 Series';
const starBytes = [0, 1, 64, 128, 196, 255] as const;
/** A counter of plays stands behind a rating. */
const ratingCounterBytes = 4;

/** Whether the edit takes this frame's place. @param frames all of the tag's */
export function isReplaced(frame: Frame, frames: readonly Frame[], edit: TagEdit): boolean {
  const { body } = frame;
  if (body === null) return false;
  const id = longNames.get(frame.id) ?? frame.id;
  switch (id) {
    case 'COMM':
      // Comments with a name are other programs' notes.
      return edit.texts.has('comment') && terminatedText(body, 4, body[0] ?? 0) === '';
    case 'USLT':
      return edit.texts.has('lyrics');
    case 'TXXX':
      return isReplacedText(terminatedText(body, 1, body[0] ?? 0).toUpperCase(), edit);
    case 'APIC':
      return isCover(frame, frames, edit);
    case 'POPM':
      return edit.stars !== undefined && terminatedText(body, 0, 0) === raterName;
    default: {
      const along = goingAlong.get(id);
      return isEdited(id3Names.get(id), edit) || (along !== undefined && edit.texts.has(along));
    }
  }
}

/** The frames that say what the edit says. */
export function newFrames(
  edit: TagEdit,
  version: Id3Version,
  replaced: readonly Frame[],
  unsynchronise: boolean,
): Buffer[] {
  const made: Buffer[] = [];
  function add(id: string, body: Buffer): void {
    const name = version === 2 ? (shortNames.get(id) ?? id) : id;
    made.push(makeFrame(name, body, version, unsynchronise));
  }
  function addText(id: string, text: string): void {
    if (text !== '') add(id, encodedText(text, version));
  }
  for (const [field, values] of edit.texts) {
    // Parted by zero in the older versions too: they have no other mark that stands in no name.
    const text = values.join('\0');
    if (field === 'comment' || field === 'lyrics') {
      const name = field === 'comment' ? 'COMM' : 'USLT';
      if (text !== '') add(name, withLanguage(text, version, replaced));
    } else if (field === 'date' || field === 'originalDate') {
      const texts = (field === 'date' ? dateTexts : originalDateTexts)(text, version);
      for (const [id, part] of texts) addText(id, part);
    } else if (field === 'genres') addText('TCON', values.map(genreText).join('\0'));
    else addText(textFrames[field], text);
  }
  if (edit.track) addText('TRCK', slashed(edit.track));
  if (edit.disc) addText('TPOS', slashed(edit.disc));
  if (edit.cover) add('APIC', pictureBody(edit.cover, version));
  if (edit.stars) add('POPM', ratingBody(edit.stars, replaced));
  if (edit.liked) add('TXXX', namedText(likedName, likedValue, version));
  return made;
}

function isReplacedText(name: string, edit: TagEdit): boolean {
  if (name === likedName.toUpperCase()) return edit.liked !== undefined;
  return isEdited(freeformNames.get(name), edit);
}

function isCover(frame: Frame, frames: readonly Frame[], edit: TagEdit): boolean {
  const pictures = frames.filter(
    ({ id, body }) => (id === 'APIC' || id === 'PIC') && body !== null,
  );
  return isCoverReplaced(pictures.map(pictureKind), pictures.indexOf(frame), edit);
}

function pictureKind({ id, body }: Frame): number {
  if (body === null) return -1;
  // Version 2.2 names the type in three letters, later ones up to a zero.
  return body[id === 'PIC' ? 4 : body.indexOf(0, 1) + 1] ?? -1;
}

function pictureBody({ mimeType, bytes }: Picture, version: Id3Version): Buffer {
  const isPng = mimeType === 'image/png';
  const type = version === 2 ? (isPng ? 'PNG' : 'JPG') : `${mimeType}\0`;
  return Buffer.concat([Buffer.from(`\0${type}\u0003\0`, 'latin1'), bytes]);
}

/** Text of one language: that of what it replaces. */
function withLanguage(text: string, version: Id3Version, replaced: readonly Frame[]): Buffer {
  const before = replaced.find(({ id }) => /^(?:COM|USL|ULT)/.test(id))?.body;
  const language = before?.subarray(1, 4) ?? Buffer.from('eng', 'latin1');
  const encoding = encodingFor([text], version);
  const noName = Buffer.concat([encode('', encoding), terminator(encoding)]);
  return Buffer.concat([Buffer.from([encoding]), language, noName, encode(text, encoding)]);
}

function namedText(name: string, text: string, version: Id3Version): Buffer {
  const encoding = encodingFor([name, text], version);
  return Buffer.concat([
    Buffer.from([encoding]),
    encode(name, encoding),
    terminator(encoding),
    encode(text, encoding),
  ]);
}

function ratingBody(stars: number, replaced: readonly Frame[]): Buffer {
  const before = replaced.find(({ id }) => id === 'POPM' || id === 'POP')?.body;
  const counter = before?.subarray(raterName.length + 2) ?? Buffer.alloc(ratingCounterBytes);
  return Buffer.concat([
    Buffer.from(`${raterName}\0`, 'latin1'),
    Buffer.from([starBytes[stars] ?? 0]),
    counter,
  ]);
}

/** A number in parentheses would name a genre of a list; two of them stand for one. */
function genreText(genre: string): string {
  return genre.startsWith('(') ? `(${genre}` : genre;
}

/** Before 2.4 a date is a year, and a day and month without it. */
function dateTexts(date: string, version: Id3Version): readonly (readonly [string, string])[] {
  if (version === 4) return [['TDRC', date]];
  const [year = '', month = '', day = ''] = date.split('-');
  if (day !== '')
    return [
      ['TYER', year],
      ['TDAT', day + month],
    ];
  // No frame is meant for a month alone: 2.3 takes the newer one, which its readers know as well.
  if (version === 2 || month === '') return [['TYER', date]];
  return [
    ['TYER', year],
    ['TDRC', date],
  ];
}

function originalDateTexts(
  date: string,
  version: Id3Version,
): readonly (readonly [string, string])[] {
  if (version === 4) return [['TDOR', date]];
  if (version === 2 || date.length <= 4) return [['TORY', date]];
  return [
    ['TORY', date.slice(0, 4)],
    ['TDOR', date],
  ];
}
