import { mkdir, readFile, readdir, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openAtomicFile } from '../../../electron/atomic-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const schema = z.object({ words: z.array(z.string()) });
const now = Date.parse('2026-11-22T12:00:00Z');

async function open(mostBytes = 100_000) {
  const path = join(await temporaryFolder(), 'words.json');
  return { path, file: openAtomicFile(path, schema, mostBytes) };
}

describe('a file of ours', () => {
  it('gives back what was written', async () => {
    const { file } = await open();
    expect(await file.read()).toEqual({ kind: 'missing' });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), async (words) => {
        await file.write({ words });
        expect(await file.read()).toEqual({ kind: 'read', value: { words } });
      }),
      { numRuns: 30 },
    );
  });

  it('takes whatever else it holds for damaged', async () => {
    const { path, file } = await open();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), fc.json()), async (content) => {
        await writeFile(path, content);
        const { kind } = await file.read();
        const sound = schema.safeParse(parse(Buffer.from(content).toString())).success;
        expect(kind).toBe(sound ? 'read' : 'damaged');
      }),
      { numRuns: 50 },
    );
  });

  it('is damaged when it is too large or a folder', async () => {
    const { path, file } = await open(100);
    await writeFile(path, JSON.stringify({ words: ['x'.repeat(100)] }));
    expect(await file.read()).toEqual({ kind: 'damaged' });
    const folder = join(await temporaryFolder(), 'words.json');
    await mkdir(folder);
    expect(await openAtomicFile(folder, schema, 100).read()).toEqual({ kind: 'damaged' });
  });

  it('is never seen half written, and ends with the last of many writes', async () => {
    const { path, file } = await open(1e7);
    const long = Array.from({ length: 20_000 }, (_, index) => `word ${index}`);
    const writes = Array.from({ length: 10 }, (_, index) =>
      file.write({ words: [String(index), ...long] }),
    );
    let writing = writes.length;
    for (const write of writes) void write.then(() => (writing -= 1));
    let seen = 0;
    while (writing > 0) {
      const text = await readFile(path, 'utf8').catch(() => null);
      if (text === null) continue;
      seen += 1;
      expect(schema.parse(JSON.parse(text)).words).toHaveLength(long.length + 1);
    }
    expect(seen).toBeGreaterThan(0);
    const content = await file.read();
    expect(content.kind === 'read' ? content.value.words[0] : null).toBe('9');
  });

  it('survives what a write cut short left behind', async () => {
    const { path, file } = await open();
    await file.write({ words: ['old'] });
    await writeFile(`${path}.new`, '{"words": ["ha');
    expect(await file.read()).toEqual({ kind: 'read', value: { words: ['old'] } });
    await file.write({ words: ['new'] });
    expect(await readdir(join(path, '..'))).toEqual(['words.json']);
  });

  it('keeps every damaged file, also two of the same moment', async () => {
    const { path, file } = await open();
    await writeFile(path, 'first');
    const first = await file.setAside(now);
    await writeFile(path, 'second');
    const second = await file.setAside(now);
    expect(first).toMatch(/words\.damaged-2026-11-22T12-00-00-000Z\.json$/);
    expect(await readFile(first ?? '', 'utf8')).toBe('first');
    expect(await readFile(second ?? '', 'utf8')).toBe('second');
    expect(await file.setAside(now)).toBe(null);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tells when it could not be written, and the next write still works', async () => {
    const { path, file } = await open();
    await mkdir(`${path}.new`);
    await expect(file.write({ words: [] })).rejects.toBeInstanceOf(Error);
    await rmdir(`${path}.new`);
    await file.write({ words: ['fine'] });
    expect(await file.read()).toEqual({ kind: 'read', value: { words: ['fine'] } });
  });
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
