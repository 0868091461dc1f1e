import { type ReadStream, createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { CustomScheme } from 'electron';
import { type CoverSize, coverSizes } from '../../shared/urls.ts';
import { type DiskDoor, StuckDiskError, createDiskDoor } from './disk-door.ts';
import { contentSecurityPolicy } from './security.ts';

/** Has to be registered before the app is ready. */
export const appScheme: CustomScheme = {
  scheme: 'refrain-app',
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  },
};

/** Where each kind of address finds its file. Ids and hashes come in; paths never do. */
export interface ServedFiles {
  /** The built page. */
  readonly pageFolder: string;
  readonly media: (trackId: number) => Promise<string | null>;
  readonly cover: (hash: string, size: CoverSize) => Promise<string | null>;
  readonly ad: (id: string) => Promise<string | null>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.flac': 'audio/flac',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.ogg': 'audio/ogg',
  '.oga': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.wav': 'audio/wav',
};

/** Makes the handler of the app's own protocol: page, media, covers and ad media on one origin. */
export function createAppProtocol(
  files: ServedFiles,
  disk = createDiskDoor(),
): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = await findFile(files, new URL(request.url).pathname);
    if (path === null) return new Response(null, { status: 404 });
    try {
      return await serveFile(path, request.headers.get('range'), disk);
    } catch (error) {
      // Gone since, or not ours to read; or it does not answer.
      return new Response(null, { status: error instanceof StuckDiskError ? 504 : 404 });
    }
  };
}

async function findFile(files: ServedFiles, address: string): Promise<string | null> {
  const [, kind = '', id = '', size = ''] = address.split('/');
  switch (kind) {
    case 'media':
      return /^\d{1,10}$/.test(id) ? files.media(Number(id)) : null;
    case 'cover': {
      const known = coverSizes.find((pixels) => String(pixels) === size);
      return /^[0-9a-f]{16,64}$/.test(id) && known !== undefined ? files.cover(id, known) : null;
    }
    case 'ad':
      return /^[\w-]{1,100}$/.test(id) ? files.ad(id) : null;
    default:
      return pageFile(files.pageFolder, address);
  }
}

function pageFile(folder: string, address: string): string | null {
  // Our own files have plain names, so nothing is percent-decoded.
  const path = normalize(join(folder, address));
  // SECURITY: an address with `..` must not leave the page's folder.
  return path.startsWith(folder + sep) ? path : null;
}

/** Answers a whole file or one range of it; the file is closed when the reader goes away. */
async function serveFile(
  path: string,
  rangeHeader: string | null,
  disk: DiskDoor,
): Promise<Response> {
  const found = await disk.enter(path, () => stat(path));
  // A pipe would be waited for until somebody writes to it.
  if (!found.isFile()) return new Response(null, { status: 404 });
  const headers = {
    'Content-Type': types[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'bytes',
  };
  const range = rangeHeader === null ? wholeFile(found.size) : parseRange(rangeHeader, found.size);
  if (range === null) {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${found.size}` },
    });
  }
  const length = range.end - range.start + 1;
  const body =
    length > mostAtOnceBytes
      ? readRange(path, range, disk)
      : await disk.enter(path, () => readAtOnce(path, range, found.size));
  return new Response(body, {
    status: rangeHeader === null ? 200 : 206,
    headers: {
      ...headers,
      // A file that was put in the place of a packed one has another length than the package says.
      'Content-Length': String('length' in body ? body.length : length),
      ...(rangeHeader === null
        ? {}
        : {
            'Content-Range': `bytes ${range.start}-${range.end}/${found.size}`,
            // Who reads in pieces can tell that they are of one file.
            ETag: `"${found.ino}-${found.size}-${found.mtimeMs}"`,
          }),
    },
  });
}

interface ByteRange {
  readonly start: number;
  /** The last byte, included; start − 1 for an empty file. */
  readonly end: number;
}

function wholeFile(bytes: number): ByteRange {
  return { start: 0, end: bytes - 1 };
}

/**
 * One range of RFC 9110: `a-`, `a-b` or `-n`.
 * @returns null when it can't be satisfied
 */
export function parseRange(header: string, bytes: number): ByteRange | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '') {
    const count = Math.min(Number(last), bytes);
    return last === '' || count === 0 ? null : { start: bytes - count, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return start >= bytes || end < start ? null : { start, end };
}

/**
 * Each chunk crosses to the page's process through the main thread, so what is not large goes as
 * one, and what is in few.
 */
const mostAtOnceBytes = 2 * 1024 * 1024;
const chunkBytes = 512 * 1024;

async function readAtOnce(
  path: string,
  range: ByteRange,
  fileBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // A packaged page lies in an archive, where Electron reads whole files but opens none.
  if (range.start === 0 && range.end === fileBytes - 1) return new Uint8Array(await readFile(path));
  const file = await open(path);
  try {
    const bytes = new Uint8Array(range.end - range.start + 1);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, range.start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function readRange(path: string, range: ByteRange, disk: DiskDoor): ReadableStream<Uint8Array> {
  let file: ReadStream | undefined;
  let chunks: AsyncIterator<Uint8Array, unknown> | undefined;

  /** Opens it behind the door too: while nobody reads, its failure would end the process. */
  function nextChunk() {
    file ??= createReadStream(path, { ...range, highWaterMark: chunkBytes });
    chunks ??= file[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, unknown>;
    return chunks.next();
  }

  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const next = await disk.enter(path, nextChunk);
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      } catch (error) {
        file?.destroy();
        throw error;
      }
    },
    cancel: () => void file?.destroy(),
  });
}
