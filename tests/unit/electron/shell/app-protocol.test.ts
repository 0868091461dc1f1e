import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAppProtocol, parseRange } from '../../../../electron/shell/app-protocol.ts';
import { type DiskDoor, StuckDiskError } from '../../../../electron/shell/disk-door.ts';

let folder: string;
const body = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-protocol-'));
  await writeFile(join(folder, 'song.flac'), body);
});
afterEach(() => rm(folder, { recursive: true }));

function serve(disk?: DiskDoor): (request: Request) => Promise<Response> {
  const files = {
    pageFolder: join(folder, 'page'),
    media: (id: number) => Promise.resolve(id === 7 ? join(folder, 'song.flac') : null),
    cover: () => Promise.resolve(null),
    ad: () => Promise.resolve(null),
  };
  return createAppProtocol(files, disk);
}

describe('the app protocol', () => {
  it('answers any range as the bytes of the file, or 416', async () => {
    const respond = serve();
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.nat(1200), { nil: null }),
        fc.option(fc.nat(1200), { nil: null }),
        async (first, last) => {
          const response = await respond(
            new Request('refrain-app://player/media/7', {
              headers: { range: `bytes=${first ?? ''}-${last ?? ''}` },
            }),
          );
          const expected =
            first === null
              ? last === null || last === 0
                ? null
                : body.subarray(Math.max(0, body.length - last))
              : first < body.length && (last === null || last >= first)
                ? body.subarray(first, last === null ? undefined : last + 1)
                : null;
          expect(response.status).toBe(expected === null ? 416 : 206);
          if (expected === null) return;
          expect(Buffer.from(await response.arrayBuffer()).equals(expected)).toBe(true);
        },
      ),
    );
  });

  it('answers the whole file without a range', async () => {
    const response = await serve()(new Request('refrain-app://player/media/7'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('audio/flac');
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  });

  it('fails to those who read it, and to nobody else, when the disk is lost on the way', async () => {
    const unheard = vi.fn();
    process.on('uncaughtException', unheard);
    onTestFinished(() => void process.off('uncaughtException', unheard));
    await truncate(join(folder, 'song.flac'), 5_000_000);
    let reads = 0;
    const response = await serve({
      async enter(path, work) {
        reads += 1;
        if (reads > 1) throw new StuckDiskError(path);
        const done = await work();
        await rm(path);
        return done;
      },
    })(new Request('refrain-app://player/media/7'));
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
    // What was opened before this one has failed by now.
    const gone = createReadStream(join(folder, 'song.flac'));
    await expect(once(gone, 'open')).rejects.toThrow('ENOENT');
    expect(unheard).not.toHaveBeenCalled();
  });

  it.each([
    '/media/8',
    '/media/7x',
    '/media/',
    '/cover/../song.flac/96',
    '/../song.flac',
    '/%2e%2e/song.flac',
  ])('answers 404 to %s', async (address) => {
    const response = await serve()(new Request(`refrain-app://player${address}`));
    expect(response.status).toBe(404);
  });

  it('never takes a malformed range for a range', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(10_000), (header, bytes) => {
        const range = parseRange(header, bytes);
        if (range === null) return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeLessThan(bytes);
      }),
    );
  });
});
