import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MANIFEST, findDamage, writeManifest } from '../../../scripts/folder-manifest.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  await writeFile(join(folder, 'a.bin'), 'snapshot');
  await writeManifest(folder, 'one');
});
afterEach(() => rm(folder, { recursive: true }));

it('finds nothing wrong with a folder that is as its manifest says', async () => {
  expect(await findDamage(folder, 'one', 'sizes')).toBeUndefined();
  expect(await findDamage(folder, 'one', 'contents')).toBeUndefined();
});

it('notices a file that is missing or cut short by its size', async () => {
  await truncate(join(folder, 'a.bin'), 3);
  expect(await findDamage(folder, 'one', 'sizes')).toContain('a.bin');
  await rm(join(folder, 'a.bin'));
  expect(await findDamage(folder, 'one', 'sizes')).toContain('a.bin');
});

it('notices a changed file of the same size by its contents', async () => {
  await writeFile(join(folder, 'a.bin'), 'snapshoT');
  expect(await findDamage(folder, 'one', 'contents')).toContain('a.bin');
});

it('notices a folder made by another recipe, and one whose manifest is damaged', async () => {
  expect(await findDamage(folder, 'two', 'sizes')).toContain('recipe');
  await writeFile(join(folder, MANIFEST), '{"id": "one", "fil');
  expect(await findDamage(folder, 'one', 'sizes')).toBe('no manifest');
});
