import type { FieldName } from '../tags/fields.ts';
import { vorbisNames } from '../tags/field-names.ts';

/** What a cue sheet says, as written: texts neither cleaned nor understood. */
export interface CueSheet {
  /** Of the whole of it, in the order written. */
  readonly texts: readonly CueText[];
  readonly files: readonly CueFile[];
}

export type CueText = readonly [name: FieldName, text: string];

export interface CueFile {
  /** As written: it may hold a path of another machine. */
  readonly name: string;
  /** At least one; each begins behind the one before. */
  readonly tracks: readonly CueTrack[];
}

export interface CueTrack {
  readonly number: number;
  /** Where it begins in its file, in frames of the compact disc. */
  readonly startFrame: number;
  readonly texts: readonly CueText[];
}

/** How a compact disc counts. */
export const framesPerSecond = 75;

const mostLetters = 256 * 1024;
const mostTracks = 999;
const mostTexts = 100;
const longestLine = 2000;
const longestText = 1000;

interface Draft {
  readonly number: number;
  readonly isAudio: boolean;
  readonly texts: CueText[];
  /** Of INDEX 01, or of the first index where that is missing. */
  start: { readonly frame: number; readonly file: string; readonly index: number } | null;
}

/**
 * The gap in front of a track (INDEX 00) is the end of the one before; silence that a player is to
 * make up (PREGAP, POSTGAP) is not in the file and makes no difference. Unknown lines say nothing.
 * https://wiki.hydrogenaud.io/index.php?title=Cue_sheet
 * @returns null: it is no sheet, too long, or its places go backwards. Never throws.
 */
export function parseCue(text: string): CueSheet | null {
  if (text.length > mostLetters) return null;
  const texts: CueText[] = [];
  const drafts: Draft[] = [];
  let file: string | null = null;
  for (const line of text.split(/[\r\n]+/)) {
    const [, command = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(line.slice(0, longestLine)) ?? [];
    const draft = drafts.at(-1);
    switch (command.toUpperCase()) {
      case 'FILE':
        file = fileName(rest);
        break;
      case 'TRACK':
        if (drafts.length === mostTracks) return null;
        drafts.push(trackOf(rest, drafts.length + 1));
        break;
      case 'INDEX':
        if (draft !== undefined && file !== null) keepIndex(draft, rest, file);
        break;
      default:
        keepText(draft?.texts ?? texts, command.toUpperCase(), rest, draft === undefined);
    }
  }
  const files = filesOf(drafts);
  return files === null || files.length === 0 ? null : { texts, files };
}

function trackOf(rest: string, place: number): Draft {
  const [, number = '', mode = ''] = /^(\d{1,3})(?:\s+(\S+))?/.exec(rest) ?? [];
  const isAudio = mode === '' || mode.toUpperCase() === 'AUDIO';
  return { number: Number(number) || place, isAudio, texts: [], start: null };
}

function keepIndex(draft: Draft, rest: string, file: string): void {
  const found = /^(\d{1,2})\s+(\d{1,4}):([0-5]?\d):([0-6]?\d|7[0-4])(?!\d)/.exec(rest);
  if (found === null) return;
  const [index = 0, minutes = 0, seconds = 0, frames = 0] = found.slice(1).map(Number);
  const known = draft.start;
  if (known !== null && (known.index === 1 || index !== 1)) return;
  const frame = (minutes * 60 + seconds) * framesPerSecond + frames;
  draft.start = { frame, file, index };
}

/** What words stand for, in a track and above the first of them. */
const ofTrack: ReadonlyMap<string, FieldName> = new Map([
  ['TITLE', 'title'],
  ['PERFORMER', 'artist'],
  ['SONGWRITER', 'composers'],
  ['ISRC', 'isrc'],
]);
const ofSheet: ReadonlyMap<string, FieldName> = new Map([
  ['TITLE', 'album'],
  ['PERFORMER', 'albumArtist'],
  ['SONGWRITER', 'composers'],
]);

const ofRemarks: ReadonlySet<FieldName> = new Set<FieldName>([
  'genres',
  'date',
  'year',
  'originalDate',
  'disc',
  'discs',
  'comment',
  'composers',
  'label',
  'trackGain',
  'trackPeak',
  'albumGain',
  'albumPeak',
]);

/** Remarks carry what the format has no words for, by the names that Vorbis comments use. */
function keepText(texts: CueText[], command: string, rest: string, isHeader: boolean): void {
  const isRemark = command === 'REM';
  const [, key = '', value = ''] = isRemark ? (/^(\S+)\s+(.*)$/.exec(rest) ?? []) : ['', '', rest];
  const name = isRemark
    ? vorbisNames.get(key.toUpperCase())
    : (isHeader ? ofSheet : ofTrack).get(command);
  if (name === undefined || (isRemark && !ofRemarks.has(name))) return;
  const text = unquoted(value).slice(0, longestText);
  if (text !== '' && texts.length < mostTexts) texts.push([name, text]);
}

/** Quotes within the text stay: nothing escapes them. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^"(.*)"$/.exec(trimmed)?.[1]?.trim() ?? trimmed.replace(/^"/, '');
}

/** Behind the name stands what kind of file it is. */
function fileName(rest: string): string {
  const quoted = /^"(.*)"/.exec(rest)?.[1];
  return (quoted ?? rest.trim().replace(/\s+\S+$/, '')).slice(0, longestText);
}

/** Null when places in a file don't follow one another. */
function filesOf(drafts: readonly Draft[]): CueFile[] | null {
  const files: { readonly name: string; readonly tracks: CueTrack[] }[] = [];
  for (const { number, isAudio, texts, start } of drafts) {
    if (!isAudio || start === null) continue;
    if (files.at(-1)?.name !== start.file) files.push({ name: start.file, tracks: [] });
    const tracks = files.at(-1)?.tracks ?? [];
    const before = tracks.at(-1);
    if (before !== undefined && before.startFrame >= start.frame) return null;
    tracks.push({ number, startFrame: start.frame, texts });
  }
  return files;
}
