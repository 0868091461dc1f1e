import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSettings } from '../../../../electron/settings/settings.ts';
import type { Settings, SettingsPatch } from '../../../../shared/settings.ts';
import { defaultSettings } from '../../../../shared/settings.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const now = () => Date.parse('2026-11-22T12:00:00Z');

async function settingsFile(content?: string) {
  const path = join(await temporaryFolder(), 'settings.json');
  if (content !== undefined) await writeFile(path, content);
  return path;
}

const patches = fc.record<SettingsPatch>(
  {
    theme: fc.constantFrom('system', 'dark', 'light'),
    panel: fc.constantFrom('none', 'queue', 'now-playing'),
    firstRunDone: fc.boolean(),
    sorts: fc.dictionary(
      fc.constantFrom('songs', 'liked', 'albums'),
      fc.record({ by: fc.constantFrom('title', 'added'), descending: fc.boolean() }),
    ),
  },
  { requiredKeys: [] },
);

describe('the settings', () => {
  it('are the defaults when there is no file, and none is made by reading', async () => {
    const path = await settingsFile();
    const settings = createSettings(path, now);
    expect(await settings.load()).toBe(null);
    expect(settings.get()).toEqual(defaultSettings);
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it('are after a restart what the changes made of them, however many came at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(patches, { minLength: 1, maxLength: 8 }), async (changes) => {
        const path = await settingsFile();
        const settings = createSettings(path, now);
        await settings.load();
        const told: Settings[] = [];
        settings.onChanged((changed) => told.push(changed));
        await Promise.all(changes.map((change) => settings.change(change)));
        const expected: unknown = Object.assign({}, defaultSettings, ...changes);
        const restarted = createSettings(path, now);
        expect(await restarted.load()).toBe(null);
        expect(restarted.get()).toEqual(expected);
        expect(told.at(-1)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('are on the disk once they are settled, though nobody waited for a change', async () => {
    const path = await settingsFile();
    const settings = createSettings(path, now);
    await settings.load();
    void settings.change({ theme: 'light' });
    void settings.change({ theme: 'dark' });
    await settings.settled();
    const restarted = createSettings(path, now);
    await restarted.load();
    expect(restarted.get().theme).toBe('dark');
  });

  it('keep what an older or newer Refrain wrote and this one does not know', async () => {
    const path = await settingsFile('{"theme":"dark","future":{"deep":[1]}}');
    const settings = createSettings(path, now);
    expect(await settings.load()).toBe(null);
    expect(settings.get()).toEqual({ ...defaultSettings, theme: 'dark' });
    await settings.change({ panel: 'queue' });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      theme: 'dark',
      panel: 'queue',
      future: { deep: [1] },
    });
  });

  it('are a problem, not a crash, whatever garbage the file holds, and the file stays as it is', async () => {
    const damaged = fc.oneof(
      fc.string().filter((text) => !text.trim().startsWith('{')),
      fc.constantFrom(
        '{"theme":"dark"',
        '{"theme":"loud"}',
        '{"sorts":[]}',
        '{"panel":null}',
        '\0\0',
      ),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (content) => {
        const path = await settingsFile(content);
        const settings = createSettings(path, now);
        expect(await settings.load()).toEqual({ kind: 'settings_damaged', file: path });
        expect(settings.get()).toEqual(defaultSettings);
        await expect(settings.change({ theme: 'dark' })).rejects.toMatchObject({ code: 'damaged' });
        expect(await readFile(path, 'utf8')).toBe(content);
      }),
      { numRuns: 30 },
    );
  });

  it('begin anew on the listener’s choice, with the old file kept', async () => {
    const path = await settingsFile('{"theme":');
    const settings = createSettings(path, now);
    await settings.load();
    await settings.setAside();
    await settings.change({ theme: 'light' });
    const kept = join(dirname(path), 'settings.damaged-2026-11-22T12-00-00-000Z.json');
    expect(await readFile(kept, 'utf8')).toBe('{"theme":');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ theme: 'light' });
  });

  it('load on a second try once the listener has mended the file', async () => {
    const path = await settingsFile('{"theme":');
    const settings = createSettings(path, now);
    expect(await settings.load()).not.toBe(null);
    await writeFile(path, '{"theme":"light"}');
    expect(await settings.load()).toBe(null);
    expect(settings.get().theme).toBe('light');
  });

  it('stay changed for this run when the disk refuses them, and say so', async () => {
    const path = await settingsFile();
    await mkdir(`${path}.new`);
    const settings = createSettings(path, now);
    await settings.load();
    await expect(settings.change({ theme: 'dark' })).rejects.toBeInstanceOf(Error);
    expect(settings.get().theme).toBe('dark');
  });
});
