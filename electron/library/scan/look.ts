import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Skipped } from '../../../shared/library.ts';
import type { Id } from '../../../shared/track.ts';
import type { FileCue } from '../cue/cue-tracks.ts';
import type { FolderSheets, NotedCue } from '../cue/noted-cues.ts';
import type { FolderPicture, NotedPicture } from '../covers/folder-pictures.ts';
import { withHeadFile } from '../tags/head-file.ts';
import { largestPictureBytes, pictureHash } from '../tags/picture.ts';
import { type ChangedFile, compareFolder } from './compare.ts';
import { lookAtCues } from './cue-look.ts';
import { createKnownFiles, type KnownFiles, type KnownFolder } from './known-files.ts';
import { type FoundFile, type FoundFolder, kindOf, walk, walkFolders } from './walk.ts';

export interface LookInput {
  /** Absolute; '' for files that were opened one by one, whose folders are absolute. */
  readonly root: string;
  /** What lies beside files that were opened one by one isn't ours. */
  readonly onlyKnown: boolean;
  /** null: all of the source; else these folders alone, without what lies below them. */
  readonly folders: readonly string[] | null;
  readonly pictures: readonly NotedPicture[];
  readonly cues: readonly (NotedCue & { readonly folder: string })[];
}

export interface FileToRead extends ChangedFile {
  readonly folder: string;
  /** What a sheet beside it says of it. */
  readonly cue: FileCue | null;
}

/** A part of what is other on disk than in the library. */
export interface Findings {
  /** Files of ours that were met, and those of them that are as they were. */
  readonly found: number;
  readonly same: number;
  readonly toRead: readonly FileToRead[];
  readonly back: readonly Id[];
  readonly gone: readonly Id[];
  readonly pictures: readonly FolderPicture[];
  /** Folders whose sheets are others than before. */
  readonly sheets: readonly FolderSheets[];
  readonly skipped: readonly Skipped[];
  readonly isLast: boolean;
}

/**
 * Bounds of one part: its rows are written in one transaction, or the listener waits for it. What
 * the last one holds is read when the walk is over, so parts are short.
 */
const filesAtOnce = 512;
const rowsAtOnce = 500;
const millisecondsAtOnce = 15;

/**
 * Walks a source and compares it with what the library knows, in three steps: `begin`, `know` for
 * each page of rows, and `next` until the last. Synchronous, for a thread of its own.
 */
export function createLook() {
  const known = createKnownFiles();
  let pieces: Iterator<Piece> | null = null;

  return {
    begin(input: LookInput): void {
      pieces = piecesOf(input, known);
    },
    know(folders: readonly KnownFolder[]): void {
      known.add(folders);
    },
    next(): Findings {
      const part = { found: 0, same: 0, ...emptyLists() };
      const until = performance.now() + millisecondsAtOnce;
      for (;;) {
        const next = pieces?.next();
        if (next === undefined || next.done === true) return { ...part, isLast: true };
        add(part, next.value);
        const { back, gone, pictures, sheets } = part;
        const rows = back.length + gone.length + pictures.length + sheets.length;
        const isFull = part.toRead.length >= filesAtOnce || rows >= rowsAtOnce;
        if (isFull || performance.now() > until) return { ...part, isLast: false };
      }
    },
  };
}

type Piece = Partial<Omit<Findings, 'isLast'>>;

function emptyLists() {
  return {
    toRead: [] as FileToRead[],
    back: [] as Id[],
    gone: [] as Id[],
    pictures: [] as FolderPicture[],
    sheets: [] as FolderSheets[],
    skipped: [] as Skipped[],
  };
}

function add(part: { found: number; same: number } & ReturnType<typeof emptyLists>, piece: Piece) {
  part.found += piece.found ?? 0;
  part.same += piece.same ?? 0;
  part.toRead.push(...(piece.toRead ?? []));
  part.back.push(...(piece.back ?? []));
  part.gone.push(...(piece.gone ?? []));
  part.pictures.push(...(piece.pictures ?? []));
  part.sheets.push(...(piece.sheets ?? []));
  part.skipped.push(...(piece.skipped ?? []));
}

/** In pieces, none of them with more than `filesAtOnce` of anything. */
function* piecesOf(input: LookInput, known: KnownFiles): Generator<Piece> {
  const { root, folders } = input;
  const noted = new Map(input.pictures.map((picture) => [picture.folder, picture]));
  const notedCues = groupBy(input.cues, ({ folder }) => folder);
  const unreadable: string[] = [];
  for (const found of foundFolders()) {
    const { folder, files, skipped } = found;
    yield { found: files.length, skipped };
    if (!found.readable) {
      unreadable.push(folder);
      continue;
    }
    const picture = input.onlyKnown ? null : pictureOf(root, found, noted.get(folder));
    if (picture !== null) yield { pictures: [picture] };
    const cues = lookAtCues(root, found, notedCues.get(folder) ?? []);
    notedCues.delete(folder);
    const { toRead, back, gone, same } = compareFolder(files, known.take(folder), cues.concern);
    yield { same };
    for (const some of sliced(toRead)) {
      yield { toRead: some.map((file) => ({ ...file, folder, cue: cues.of(file.name) })) };
    }
    yield cues.findings();
    for (const some of sliced(back)) yield { back: some };
    for (const some of sliced(gone)) yield { gone: some };
  }
  for (const folder of known.rest()) {
    if (isUnknown(folder)) continue;
    const { gone } = compareFolder([], known.take(folder), () => false);
    for (const some of sliced(gone)) yield { gone: some };
  }
  if (folders === null) {
    for (const folder of notedCues.keys()) {
      if (!isUnknown(folder)) yield { sheets: [{ folder, sheets: [] }] };
    }
  }

  /** Of folders that the walk did not meet: whether they lie in one it couldn't read. */
  function isUnknown(folder: string): boolean {
    return unreadable.some((top) => top === '' || folder === top || folder.startsWith(`${top}/`));
  }

  function foundFolders(): Iterable<FoundFolder> {
    if (input.onlyKnown) return findKnown();
    return folders === null ? walk(root) : walkFolders(root, folders);
  }

  function* findKnown(): Generator<FoundFolder> {
    for (const folder of known.rest()) {
      const files = known.names(folder).flatMap((name) => fileAt(join(root, folder), name));
      const cues = cuesIn(join(root, folder));
      yield { folder, files, cues, picture: null, skipped: [], readable: true };
    }
  }
}

function* sliced<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += filesAtOnce) yield items.slice(at, at + filesAtOnce);
}

/** Of a folder whose other files are none of ours. */
function cuesIn(folder: string): FoundFile[] {
  try {
    const names = readdirSync(folder).filter((name) => kindOf(name) === 'cue');
    return names.sort().flatMap((name) => fileAt(folder, name));
  } catch {
    return [];
  }
}

function fileAt(folder: string, name: string): FoundFile[] {
  try {
    const found = statSync(join(folder, name));
    if (!found.isFile()) return [];
    return [{ name, size: found.size, modified: Math.floor(found.mtimeMs) }];
  } catch {
    return [];
  }
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** What is to be noted of a folder's picture; null: nothing new. It is read only when it changed. */
function pictureOf(
  root: string,
  { folder, picture }: FoundFolder,
  noted: NotedPicture | undefined,
): FolderPicture | null {
  if (picture === null) return noted === undefined ? null : { folder, picture: null };
  const { name, size, modified } = picture;
  if (noted?.name === name && noted.size === size && noted.modified === modified) return null;
  const hash = hashOf(join(root, folder, name), size);
  return hash === null ? null : { folder, picture: { name, size, modified, hash } };
}

/** Null for a picture that can't be read or is no honest size: its folder has none then. */
function hashOf(path: string, size: number): string | null {
  if (size === 0 || size > largestPictureBytes) return null;
  try {
    return withHeadFile(path, (file) => pictureHash(file.stretch(0, size)));
  } catch {
    return null;
  }
}
