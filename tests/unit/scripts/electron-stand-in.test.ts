import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDamage, stockPath } from '../../../scripts/electron-stand-in.mjs';

describe('stockPath', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/libvulkan.so.1', 'libvulkan.so.1'],
    ['Cypress/locales/en-US.pak', 'locales/en-US.pak'],
    ['Cypress/LICENSE.electron.txt', 'LICENSE.electron.txt'],
  ])('keeps %s as %s', (name, path) => {
    expect(stockPath(name)).toBe(path);
  });

  it.each([
    'Cypress/',
    'Cypress/locales/',
    'Cypress/resources/app/package.json',
    'Cypress/browser_v8_context_snapshot.bin',
    'Cypress/../../etc/a.so',
    '/etc/a.so',
  ])('leaves out %s', (name) => {
    expect(stockPath(name)).toBeUndefined();
  });
});

describe('findDamage', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
    const content = 'snapshot';
    const sha256 = createHash('sha256').update(content).digest('hex');
    await writeFile(join(folder, 'a.bin'), content);
    const files = { 'a.bin': { bytes: content.length, sha256 } };
    await writeFile(join(folder, 'stand-in.json'), JSON.stringify({ id: 'one', files }));
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
    await writeFile(join(folder, 'stand-in.json'), '{"id": "one", "fil');
    expect(await findDamage(folder, 'one', 'sizes')).toBe('no manifest');
  });
});
