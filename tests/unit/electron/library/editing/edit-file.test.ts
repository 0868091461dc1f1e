import { chmod, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseFile } from 'music-metadata';
import { describe, expect, it } from 'vitest';
import { editFile, lookAt } from '../../../../../electron/library/editing/edit-file.ts';
import type { Piece } from '../../../../../electron/library/editing/pieces.ts';
import {
  replaceFile,
  type Replacing,
} from '../../../../../electron/library/editing/replace-file.ts';
import {
  checkedValues,
  type FileWish,
  valuesOf,
} from '../../../../../electron/library/editing/tag-values.ts';
import { pictureHash } from '../../../../../electron/library/tags/picture.ts';
import { stretchOf } from '../../../../../electron/library/tags/stretch.ts';
import { fieldsOfNames, tagFields, type TagValues } from '../../../../../shared/tag-fields.ts';
import { taggedFiles } from '../../../../support/tagged-files.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const numbers: ReadonlySet<string> = new Set(['track', 'tracks', 'disc', 'discs', 'bpm']);
const nothing: FileWish = { values: {}, cover: { kind: 'keep' } };

describe.each(taggedFiles())('$name', ({ name, bytes, foreign, sound }) => {
  it('says what was asked to our reader and to another, and keeps all else byte for byte', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, name);
    await fc.assert(
      fc.asyncProperty(fc.array(wishes(), { minLength: 1, maxLength: 4 }), async (asked) => {
        await writeFile(path, bytes);
        let expected = valuesOf((await lookAt(path)).tags);
        let picture: Uint8Array | null = null;
        for (const wish of asked) {
          expected = { ...expected, ...wish.values };
          if (wish.cover.kind !== 'keep') {
            picture = wish.cover.kind === 'set' ? wish.cover.picture.bytes : null;
          }
          expect(await edit(path, wish)).toBe(true);
        }
        const written = await readFile(path);
        expect(valuesOf((await lookAt(path)).tags)).toEqual(expected);
        await expectAnotherReads(path, expected, picture);
        for (const piece of foreign) expect(written.includes(piece)).toBe(true);
        expect(sound(written).equals(sound(bytes))).toBe(true);
        expect(await readdir(folder)).toEqual([name]);
      }),
      { numRuns: 12 },
    );
  });

  it('is made again byte for byte by what an edit keeps', async () => {
    const path = join(await temporaryFolder(), name);
    await fc.assert(
      fc.asyncProperty(wishes(), async (wish) => {
        await writeFile(path, bytes);
        let back: readonly Piece[] = [];
        await edit(path, wish, { keep: (pieces) => (back = pieces) });
        if (back.length > 0) {
          await replaceFile({
            ...(await replacing(path)),
            plan: () => Promise.resolve(back),
            check: () => Promise.resolve(),
          });
        }
        expect((await readFile(path)).equals(bytes)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('is refused untouched when it breaks off or holds nonsense', async () => {
    const path = join(await temporaryFolder(), name);
    const broken = fc.oneof(
      fc.integer({ min: 0, max: 400 }).map((length) => bytes.subarray(0, length)),
      fc
        .array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        })
        .map((changes) => {
          const changed = Buffer.from(bytes);
          for (const [at, byte] of changes) changed[at] = byte;
          return changed;
        }),
    );
    await fc.assert(
      fc.asyncProperty(broken, async (content) => {
        await writeFile(path, content);
        const wish = { ...nothing, values: { title: ['After'] } };
        const outcome = await edit(path, wish).catch((error: unknown) => error);
        const found = await readFile(path);
        if (outcome !== true) {
          expect(outcome).toHaveProperty('reason');
          expect(found.equals(content)).toBe(true);
        } else {
          // What is broken where no tag stands may be edited like any other.
          expect((await lookAt(path)).tags.title).toBe('After');
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('an edit', () => {
  it('leaves a file alone that cannot be written, and says why', async () => {
    const [file] = taggedFiles();
    const folder = await temporaryFolder();
    const path = join(folder, 'file.mp3');
    await writeFile(path, file?.bytes ?? '');
    const wish = { ...nothing, values: { title: ['After'] } };

    const aborted = AbortSignal.abort(new Error('stopped'));
    await expect(edit(path, wish, { signal: aborted })).rejects.toThrow('stopped');
    expect(await edit(path, wish, { mayReplace: () => false })).toBe(false);
    await expect(edit(path, wish, { seen: { size: 1, modified: 1 } })).rejects.toMatchObject({
      reason: 'changed',
    });
    const changedMeanwhile = { copyMade: () => void utimes(path, 1, 1) };
    await expect(edit(path, wish, changedMeanwhile)).rejects.toMatchObject({ reason: 'changed' });
    await expect(edit(join(folder, 'none.mp3'), wish)).rejects.toMatchObject({ reason: 'gone' });
    await writeFile(join(folder, 'text.mp3'), 'no music');
    await expect(edit(join(folder, 'text.mp3'), wish)).rejects.toMatchObject({ reason: 'damaged' });
    expect((await readFile(path)).equals(file?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['file.mp3', 'text.mp3']);
  });

  it('keeps the rights of a file and changes its time, and refuses one that is read only', async () => {
    const [file] = taggedFiles();
    const path = join(await temporaryFolder(), 'file.mp3');
    await writeFile(path, file?.bytes ?? '', { mode: 0o640 });
    await utimes(path, 1_000_000, 1_000_000);
    expect(await edit(path, { ...nothing, values: { title: ['One'] } })).toBe(true);
    const found = await stat(path);
    expect(found.mode & 0o777).toBe(0o640);
    expect(found.mtimeMs).toBeGreaterThan(1_000_000_000);
    await chmod(path, 0o440);
    await expect(edit(path, { ...nothing, values: { title: ['Two'] } })).rejects.toMatchObject({
      reason: 'read_only',
    });
  });

  it('leaves a picture of the back where it is when a front is set and removed', async () => {
    const file = taggedFiles().find(({ name }) => name === 'blocks.flac');
    const path = join(await temporaryFolder(), 'blocks.flac');
    await writeFile(path, file?.bytes ?? '');
    const before = await lookAt(path);
    const picture = { mimeType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1]) } as const;
    const hash = pictureHash(stretchOf(picture.bytes));
    await edit(path, { ...nothing, cover: { kind: 'set', hash, picture } });
    expect((await lookAt(path)).tags.picture).toBe(hash);
    await edit(path, { ...nothing, cover: { kind: 'remove' } });
    expect((await lookAt(path)).tags.picture).toBe(before.tags.picture);
  });

  it('refuses an Ogg file of several streams', async () => {
    const one = taggedFiles().find(({ name }) => name === 'stream.ogg')?.bytes ?? Buffer.alloc(0);
    const path = join(await temporaryFolder(), 'chained.ogg');
    await writeFile(path, Buffer.concat([one, one]));
    await expect(edit(path, { ...nothing, values: { title: ['After'] } })).rejects.toMatchObject({
      reason: 'several_streams',
    });
  });
});

async function replacing(path: string): Promise<Omit<Replacing, 'plan' | 'check'>> {
  const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
  return {
    path,
    seen: { size, modified: Math.floor(mtimeMs) },
    mayReplace: () => true,
    copyMade: () => undefined,
    copyGone: () => undefined,
    keep: () => undefined,
    signal: new AbortController().signal,
  };
}

async function edit(
  path: string,
  wish: FileWish,
  change: Partial<Replacing> = {},
): Promise<boolean> {
  const given = { ...(await replacing(path)), ...change };
  return (await editFile(given, await lookAt(path), wish)) !== null;
}

/** Texts of every script and length, as the listener's door lets them through. */
function wishes(): fc.Arbitrary<FileWish> {
  const text = fc.oneof(
    fc.constantFrom(
      'Léa Moreau',
      'AC/DC',
      '椎名林檎',
      'Земфира',
      'a'.repeat(400),
      '🎻 viola',
      '(1)',
    ),
    fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
  );
  const names = fc.array(text, { maxLength: 3 });
  const number = fc.option(fc.integer({ min: 1, max: 255 }).map(String));
  const date = fc.constantFrom('1997', '1997-05', '1997-05-21', '');
  const values = fc.record(
    Object.fromEntries(tagFields.map((field) => [field, valueOf(field)])) as {
      readonly [Field in keyof TagValues]: fc.Arbitrary<string[]>;
    },
    { requiredKeys: [] },
  );
  function valueOf(field: keyof TagValues): fc.Arbitrary<string[]> {
    if (field === 'genres') {
      // Numbers stand for genres of a list.
      return names.map((found) => found.filter((value) => !/^(?:\d+|RX|CR)$/.test(value)));
    }
    if (fieldsOfNames.has(field)) return names;
    if (numbers.has(field)) return number.map((value) => (value === null ? [] : [value]));
    if (field === 'date' || field === 'originalDate') return date.map((value) => [value]);
    if (field === 'compilation') return fc.constantFrom([], ['1']);
    return fc.array(text, { maxLength: 1 });
  }
  const cover = fc.oneof(
    fc.constant({ kind: 'keep' } as const),
    fc.constant({ kind: 'remove' } as const),
    fc.uint8Array({ minLength: 1, maxLength: 9000 }).map((tail) => {
      const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), tail]);
      const hash = pictureHash(stretchOf(picture));
      return { kind: 'set', hash, picture: { mimeType: 'image/jpeg', bytes: picture } } as const;
    }),
  );
  const stars = fc.integer({ min: 0, max: 5 });
  return fc
    .record({ values, cover, stars, liked: fc.boolean() }, { requiredKeys: ['values', 'cover'] })
    .map((wish) => ({ ...wish, values: checkedValues(wish.values) }));
}

/** What music-metadata makes of the file, as far as it makes anything of it. */
async function expectAnotherReads(
  path: string,
  expected: TagValues,
  picture: Uint8Array | null,
): Promise<void> {
  const { common } = await parseFile(path);
  expect(common.title ?? '').toBe(expected.title[0] ?? '');
  expect(common.album ?? '').toBe(expected.album[0] ?? '');
  expect(common.track.no).toBe(expected.track[0] === undefined ? null : Number(expected.track[0]));
  expect(common.disk.of).toBe(expected.discs[0] === undefined ? null : Number(expected.discs[0]));
  expect(common.comment?.find(({ descriptor = '' }) => descriptor === '')?.text ?? '').toBe(
    expected.comment[0] ?? '',
  );
  expect(common.compilation ?? false).toBe(expected.compilation.length > 0);
  const front = common.picture?.find(({ type }) => type !== 'Cover (back)');
  expect(front === undefined ? null : Buffer.from(front.data).toString('hex')).toBe(
    picture === null ? null : Buffer.from(picture).toString('hex'),
  );
}
