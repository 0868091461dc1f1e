import { randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAppProtocol } from '../../../../../electron/shell/app-protocol.ts';
import {
  MissingFileError,
  openMediaFile,
} from '../../../../../renderer/audio/decode/media-file.ts';

const fileBytes = 3_000_000;
const bytes = randomBytes(fileBytes);
const { signal } = new AbortController();
let folder: string;
let song: string;
let requests: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-media-file-'));
  song = join(folder, 'song.flac');
  await writeFile(song, bytes);
  requests = [];
  const respond = createAppProtocol({
    pageFolder: folder,
    media: (id) => Promise.resolve(id === 7 ? song : null),
    cover: () => Promise.resolve(null),
    ad: () => Promise.resolve(null),
  });
  vi.stubGlobal('fetch', (address: string, options: RequestInit) => {
    const request = new Request(`refrain-app://player${address}`, options);
    requests.push(request.headers.get('range') ?? '');
    return respond(request);
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

const place = fc.record({
  start: fc.nat(fileBytes - 1),
  length: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 800_000 })),
  how: fc.constantFrom('read', 'bytesAt'),
});

describe('a file read by ranges', () => {
  it('gives the bytes of every place, in whatever order and at once they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(place, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (places, atOnce) => {
          const file = await openMediaFile('/media/7', signal);
          const look = async ({ start, length, how }: (typeof places)[number]) => {
            const end = Math.min(start + length, fileBytes);
            const got =
              how === 'read' ? await file.read(start, end) : await file.bytesAt(start, length);
            const whole = Buffer.from(await new Response(got as BodyInit).arrayBuffer());
            expect(whole.length).toBeGreaterThanOrEqual(end - start);
            if (how === 'bytesAt') expect(whole.length).toBe(end - start);
            expect(whole.equals(bytes.subarray(start, start + whole.length))).toBe(true);
          };
          if (atOnce) await Promise.all(places.map(look));
          else for (const one of places) await look(one);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is asked for larger pieces as reading goes on, and for small ones at another place', async () => {
    const file = await openMediaFile('/media/7', signal);
    for (let at = 0; at < 2_500_000;) at += await lengthOf(await file.read(at, at + 10));
    await file.read(500_000, 500_010);
    const lengths = requests.map((range) => {
      const [first = 0, last = 0] = range.slice('bytes='.length).split('-').map(Number);
      return (last - first + 1) / 1024;
    });
    expect(lengths).toEqual([128, 128, 256, 512, 512, 512, 512, 64]);
  });

  it('needs no request to be opened again, and is confirmed by what is read', async () => {
    const { head } = await openMediaFile('/media/7', signal);
    const file = await openMediaFile('/media/7', signal, head);
    await file.bytesAt(100, 1000);
    expect(requests).toHaveLength(1);
    await file.bytesAt(1_000_000, 1000);
    await file.confirm();
    expect(requests).toHaveLength(2);
  });

  it('is not taken for the file of before when another has its name', async () => {
    const { head } = await openMediaFile('/media/7', signal);
    await writeFile(join(folder, 'other.flac'), randomBytes(fileBytes));
    await rename(join(folder, 'other.flac'), song);
    const file = await openMediaFile('/media/7', signal, head);
    await expect(file.confirm()).rejects.toThrow('changed');
    await expect(file.bytesAt(1_000_000, 1000)).rejects.toThrow('changed');
    await rm(song);
    await expect(file.confirm()).rejects.toThrow(MissingFileError);
  });
});

async function lengthOf(read: Uint8Array | ReadableStream<Uint8Array>): Promise<number> {
  return (await new Response(read as BodyInit).arrayBuffer()).byteLength;
}
