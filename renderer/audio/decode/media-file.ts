/** Fetched when the file is opened: in most files enough for all that is read before sound. */
const headBytes = 128 * 1024;

/** Fetched at once at a place that was not read before, so that sound begins soon there … */
const firstWindowBytes = 64 * 1024;

/** … and twice as much each time that reading goes on from there, up to this: requests are dear. */
const fullWindowBytes = 512 * 1024;

/** A file behind the app's own protocol, read by ranges. */
export interface MediaFile {
  readonly size: number;
  /** The bytes [start, end), at once or as they come; a stream may hold some of those behind. */
  readonly read: (start: number, end: number) => Promise<Uint8Array | ReadableStream<Uint8Array>>;
  /** The bytes [start, start + length), fewer at the file's end; meant for small, near reads. */
  readonly bytesAt: (start: number, length: number) => Promise<Uint8Array>;
}

/** What is known of a file once it was opened. */
export interface FileHead {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** Another when the file was changed; null: main does not say. */
  readonly version: string | null;
}

export interface OpenedFile extends MediaFile {
  readonly head: FileHead;
  /**
   * The head is the file's: asked only where no read has told so yet.
   * @throws when the file is another one by now
   */
  readonly confirm: () => Promise<void>;
}

/** The file can't be had at all: not there any more, or main refuses it. */
export class MissingFileError extends Error {}

/**
 * @param signal ends all reading, also what is under way
 * @param known of the same file, from another opening: spares a request. Reading throws when the
 *   file is another one by now
 * @throws MissingFileError when it is not there, TypeError when main does not answer
 */
export async function openMediaFile(
  url: string,
  signal: AbortSignal,
  known: FileHead | null = null,
): Promise<OpenedFile> {
  let isConfirmed = known === null;

  async function request(start: number, end: number): Promise<Response> {
    const headers = { Range: `bytes=${start}-${end - 1}` };
    const response = await fetch(url, { headers, signal });
    if (!response.ok)
      throw new MissingFileError(`${response.status} ${response.statusText}`.trim());
    if (!isConfirmed && versionOf(response) !== known?.version) {
      throw new Error('The file was changed.');
    }
    isConfirmed = true;
    return response;
  }

  async function readHead(): Promise<FileHead> {
    const first = await request(0, headBytes);
    const bytes = new Uint8Array(await first.arrayBuffer());
    return { bytes, size: totalSize(first) ?? bytes.length, version: versionOf(first) };
  }

  const head = known ?? (await readHead());
  const { size } = head;
  /** What was fetched last, and where. */
  let near = { start: 0, bytes: head.bytes };
  let windowBytes = firstWindowBytes;

  /** What is there already of the bytes from `start` on; null: not all of them up to `end`. */
  function held(start: number, end: number): Uint8Array<ArrayBuffer> | null {
    if (end <= head.bytes.length) return head.bytes.subarray(start);
    if (start < near.start || end > near.start + near.bytes.length) return null;
    return near.bytes.subarray(start - near.start);
  }

  /** From `start` to `end` or beyond; less where the file has become shorter. */
  async function fetchWindow(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const goesOn = start >= near.start && start <= near.start + near.bytes.length;
    windowBytes = goesOn ? Math.min(2 * windowBytes, fullWindowBytes) : firstWindowBytes;
    const response = await request(start, Math.min(Math.max(end, start + windowBytes), size));
    near = { start, bytes: new Uint8Array(await response.arrayBuffer()) };
    return near.bytes;
  }

  return {
    size,
    head,
    read: async (start, end) => {
      const bytes = held(start, end) ?? (await fetchWindow(start, end));
      return new ReadableStream({
        start: (controller) => {
          controller.enqueue(bytes);
          controller.close();
        },
      });
    },
    bytesAt: async (start, length) => {
      const end = Math.min(start + length, size);
      if (end <= start) return new Uint8Array();
      const bytes = held(start, end) ?? (await fetchWindow(start, end));
      return bytes.subarray(0, end - start);
    },
    confirm: async () => {
      if (!isConfirmed) await request(0, 1);
    },
  };
}

function versionOf(response: Response): string | null {
  return response.headers.get('ETag');
}

/** From `Content-Range: bytes 0-65535/123456`; null when the whole file came at once. */
function totalSize(response: Response): number | null {
  const size = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  return size === undefined ? null : Number(size);
}
