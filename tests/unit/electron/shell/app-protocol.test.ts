import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppProtocol, parseRange } from '../../../../electron/shell/app-protocol.ts';

let folder: string;
const body = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-protocol-'));
  await writeFile(join(folder, 'song.flac'), body);
});
afterEach(() => rm(folder, { recursive: true }));

function serve(): (request: Request) => Promise<Response> {
  return createAppProtocol({
    pageFolder: join(folder, 'page'),
    media: (id) => Promise.resolve(id === 7 ? join(folder, 'song.flac') : null),
    cover: () => Promise.resolve(null),
    ad: () => Promise.resolve(null),
  });
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
