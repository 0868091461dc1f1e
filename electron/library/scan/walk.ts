import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { assertNever } from '../../../shared/errors.ts';
import type { Skipped, SkipReason } from '../../../shared/library.ts';

/** A file of ours by its name alone; what is inside is for `readTags` to say. */
export interface FoundFile {
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface FoundFolder {
  /** Relative to the walk's root, '/' between parts, '' the root. */
  readonly folder: string;
  readonly files: readonly FoundFile[];
  readonly cues: readonly FoundFile[];
  /** The picture that stands for the folder's music. */
  readonly picture: FoundFile | null;
  readonly skipped: readonly Skipped[];
  /** False: the folder, or what lies below it, is not known; nothing in it may be called gone. */
  readonly readable: boolean;
}

const audioName =
  /\.(?:mp3|flac|m4a|m4b|mp4|aac|ogg|oga|opus|wav|wave|aif|aiff|aifc|wma|asf|ape|wv|mpc|mp\+|dsf|dff)$/i;
const cueName = /\.cue$/i;
const pictureName = /^(?:cover|folder|front)\.(?:jpe?g|png)$/i;
/** What systems and storage boxes put beside the listener's files. */
const notTheirs = new Set(['$RECYCLE.BIN', 'System Volume Information', '@eaDir', '#recycle']);
const deepest = 64;
/** What stands in a text for bytes that are none; a name may hold it itself. */
const noText = '\ufffd';

function isAudioName(name: string): boolean {
  return audioName.test(name);
}

/** Whether a file of that name is music, or says something of the music in its folder. */
export function isOurs(name: string): boolean {
  return kindOf(name) !== 'none';
}

/** By the end of its name. */
export function kindOf(name: string): 'audio' | 'cue' | 'picture' | 'none' {
  if (isAudioName(name)) return 'audio';
  if (pictureName.test(name)) return 'picture';
  return cueName.test(name) ? 'cue' : 'none';
}

/**
 * Every folder below `root`, each before those inside it, names in order. Synchronous, which asks the
 * disk thrice as fast: for a thread of its own. Never throws.
 */
export function* walk(root: string): Generator<FoundFolder> {
  // Links may lead back up: each folder is entered once, whatever it is called.
  const entered = new Set<string>();
  const toVisit = [''];
  for (let folder = toVisit.pop(); folder !== undefined; folder = toVisit.pop()) {
    const found = look(root, folder, entered);
    if (found === null) continue;
    for (const inner of found.folders.toReversed()) toVisit.push(inner);
    yield found;
  }
}

/** These folders alone, without what lies below them; one that is not there any more is empty. */
export function* walkFolders(root: string, folders: readonly string[]): Generator<FoundFolder> {
  for (const folder of folders) {
    const isGone = folder !== '' && !exists(join(root, folder));
    const found = isGone ? empty(folder) : look(root, folder, new Set());
    if (found !== null) yield found;
  }
}

type Look = FoundFolder & { readonly folders: readonly string[] };

function look(root: string, folder: string, entered: Set<string>): Look | null {
  const path = join(root, folder);
  if (folder.split('/').length > deepest) return unknown(folder, path, 'too_deep');
  let entries: readonly Listed[];
  try {
    const { dev, ino } = statSync(path);
    const identity = `${dev}:${ino}`;
    if (entered.has(identity)) return null;
    entered.add(identity);
    entries = listed(path);
  } catch {
    return unknown(folder, path, 'folder_unreadable');
  }
  const found = { folders: [] as string[], skipped: [] as Skipped[] };
  const files = { audio: [] as FoundFile[], cue: [] as FoundFile[], picture: [] as FoundFile[] };
  // Quicker than `join`, which looks through the whole path each time.
  const before = path.endsWith(sep) ? path : path + sep;
  for (const { name, isText, entry } of entries) {
    const what = isText ? classify(before, name, entry) : skippedName(name, entry);
    switch (what.kind) {
      case 'folder':
        found.folders.push(name);
        break;
      case 'audio':
      case 'cue':
      case 'picture':
        files[what.kind].push(what.file);
        break;
      case 'skipped':
        found.skipped.push({ path: before + name, reason: what.reason });
        break;
      case 'none':
        break;
      default:
        assertNever(what);
    }
  }
  return {
    folder,
    readable: true,
    folders: found.folders.sort().map((name) => (folder === '' ? name : `${folder}/${name}`)),
    files: files.audio.sort(byName),
    cues: files.cue.sort(byName),
    picture: preferred(files.picture.sort(byName)),
    skipped: found.skipped,
  };
}

interface Listed {
  readonly name: string;
  /** False: its bytes are none, and the name is for showing alone. */
  readonly isText: boolean;
  readonly entry: Dirent | Dirent<Buffer>;
}

/** What a folder holds. Names are asked for as text, which is quicker, unless one may be none. */
function listed(path: string): readonly Listed[] {
  const entries = readdirSync(path, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes(noText))) {
    return entries.map((entry) => ({ name: entry.name, isText: true, entry }));
  }
  return readdirSync(path, { withFileTypes: true, encoding: 'buffer' }).map((entry) => ({
    name: entry.name.toString('utf8'),
    isText: isUtf8(entry.name),
    entry,
  }));
}

type Entry =
  | { readonly kind: 'audio' | 'cue' | 'picture'; readonly file: FoundFile }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'folder' | 'none' };

function classify(before: string, name: string, entry: Listed['entry']): Entry {
  if (name.startsWith('.') || notTheirs.has(name)) return { kind: 'none' };
  if (entry.isDirectory()) return { kind: 'folder' };
  const kind = kindOf(name);
  // A link, or an entry of a file system that doesn't tell kinds, may be a folder.
  const mayBeFolder = !entry.isFile() && !entry.isFIFO() && !entry.isSocket();
  if (kind === 'none' && !mayBeFolder) return { kind };
  let found: Stats | undefined;
  try {
    found = statSync(before + name, { throwIfNoEntry: false });
  } catch {
    return kind === 'audio' ? { kind: 'skipped', reason: 'unreadable' } : { kind: 'none' };
  }
  // Gone since it was listed, or a link to nothing: no file, so nothing to report.
  if (found === undefined) return { kind: 'none' };
  if (found.isDirectory()) return { kind: 'folder' };
  if (kind === 'none') return { kind };
  if (!found.isFile()) {
    return kind === 'audio' ? { kind: 'skipped', reason: 'not_a_file' } : { kind: 'none' };
  }
  return { kind, file: { name, size: found.size, modified: Math.floor(found.mtimeMs) } };
}

/** Of names that can't be written as text only those are reported that would be looked at. */
function skippedName(name: string, entry: Listed['entry']): Entry {
  const isLookedAt = isAudioName(name) || entry.isDirectory();
  return isLookedAt ? { kind: 'skipped', reason: 'name_not_utf8' } : { kind: 'none' };
}

function byName(a: FoundFile, b: FoundFile): number {
  return a.name < b.name ? -1 : 1;
}

/** "cover" before "folder" before "front", which is also the order of their names. */
function preferred(pictures: readonly FoundFile[]): FoundFile | null {
  const [first] = [...pictures].sort((a, b) =>
    a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1,
  );
  return first ?? null;
}

function unknown(folder: string, path: string, reason: SkipReason): Look {
  return { ...empty(folder), skipped: [{ path, reason }], readable: false };
}

function empty(folder: string): Look {
  return { folder, folders: [], files: [], cues: [], picture: null, skipped: [], readable: true };
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
