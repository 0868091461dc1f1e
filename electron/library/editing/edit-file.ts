import { open } from 'node:fs/promises';
import { tagFields, type TagValues } from '../../../shared/tag-fields.ts';
import type { AudioFormat } from '../../../shared/track.ts';
import { audioHash } from '../tags/audio-hash.ts';
import { readTags } from '../tags/read-tags.ts';
import type { Tags } from '../tags/tags.ts';
import { planFlac } from './flac-plan.ts';
import { planMp3 } from './mp3-plan.ts';
import { planMp4 } from './mp4-plan.ts';
import { planOgg } from './ogg-plan.ts';
import { type OldFile, oldFile, type Piece } from './pieces.ts';
import { asRefusal, type Replacing, replaceFile, seenOf, type SeenFile } from './replace-file.ts';
import { NotWrittenError, type TagEdit } from './tag-edit.ts';
import { editFor, type FileWish, isSame, valuesOf } from './tag-values.ts';

/** What a file is and says now. */
export interface LookedAt {
  readonly tags: Tags;
  readonly seen: SeenFile;
}

/** Formats whose tags we write; the rest is read only. */
const writable: ReadonlySet<AudioFormat> = new Set(['mp3', 'flac', 'ogg', 'opus', 'm4a']);

/** @throws NotWrittenError when the file is not there, can't be read or is none that we write */
export async function lookAt(path: string): Promise<LookedAt> {
  const seen = await lookForChange(path);
  const reading = await readTags(path);
  if (reading.kind === 'gone') throw new NotWrittenError('gone');
  if (reading.kind === 'skipped') throw new NotWrittenError('damaged');
  if (!writable.has(reading.tags.format)) throw new NotWrittenError('format');
  return { tags: reading.tags, seen };
}

/** Whether the wish can be written, without writing. @throws NotWrittenError */
export async function rehearse(
  path: string,
  { tags, seen }: LookedAt,
  edit: TagEdit,
): Promise<void> {
  const source = await open(path, 'r').catch((error: unknown) => {
    throw asRefusal(error);
  });
  try {
    const { mode } = await source.stat();
    if ((mode & 0o222) === 0) throw new NotWrittenError('read_only');
    await planOf(tags, edit)(oldFile(source, seen.size));
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await source.close();
  }
}

/**
 * Writes the wish into the file: what the file says afterwards was read from the copy, and its sound
 * is the same, before it takes the file's place.
 * @returns the tags as they are now; null: the file was not replaced, for `mayReplace` said no
 * @throws NotWrittenError, with the file as it was
 */
export async function editFile(
  replacing: Omit<Replacing, 'plan' | 'check'>,
  { tags }: LookedAt,
  wish: FileWish,
): Promise<Tags | null> {
  const { path } = replacing;
  const edit = editFor(wish, valuesOf(tags), tags.picture);
  if (edit === null) return tags;
  let written: Tags | null = null;
  const isReplaced = await replaceFile({
    ...replacing,
    plan: planOf(tags, edit),
    async check(copy) {
      written = await readAsAsked(copy, tags, wish);
      const [before, after] = [await audioHash(path), await audioHash(copy)];
      if (before !== after) throw new NotWrittenError('not_as_asked');
    },
  });
  return isReplaced ? written : null;
}

function planOf(tags: Tags, edit: TagEdit): (old: OldFile) => Promise<readonly Piece[]> {
  const { format } = tags;
  switch (format) {
    case 'mp3':
      return (old) => planMp3(old, edit, valuesOf(tags));
    case 'flac':
      return (old) => planFlac(old, edit);
    case 'ogg':
    case 'opus':
      return (old) => planOgg(old, edit, format);
    case 'm4a':
      return (old) => planMp4(old, edit);
    case 'aac':
    case 'wav':
    case 'aiff':
    case 'wma':
    case 'ape':
    case 'wavpack':
    case 'musepack':
    case 'dsf':
    case 'dff':
      throw new NotWrittenError('format');
  }
}

/** What was asked is there, and all else is as it was. */
async function readAsAsked(copy: string, before: Tags, wish: FileWish): Promise<Tags> {
  const reading = await readTags(copy);
  if (reading.kind !== 'read') throw new NotWrittenError('not_as_asked');
  const { tags } = reading;
  const asked: TagValues = { ...valuesOf(before), ...wish.values };
  const found = valuesOf(tags);
  const isAsked = tagFields.every((field) => isSame(asked[field], found[field]));
  const { cover } = wish;
  const isCover =
    cover.kind === 'remove'
      ? before.picture === null || tags.picture !== before.picture
      : tags.picture === (cover.kind === 'set' ? cover.hash : before.picture);
  const isSound = tags.format === before.format && tags.seconds === before.seconds;
  if (!isAsked || !isCover || !isSound) throw new NotWrittenError('not_as_asked');
  return tags;
}

async function lookForChange(path: string): Promise<SeenFile> {
  const source = await open(path, 'r').catch((error: unknown) => {
    throw asRefusal(error);
  });
  try {
    return seenOf(await source.stat());
  } finally {
    await source.close();
  }
}
