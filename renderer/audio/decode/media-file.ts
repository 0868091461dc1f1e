/** Fetched when the file is opened: in most files enough for all that is read before sound. */
const headBytes = 192 * 1024;

/** Fetched at once by `bytesAt`. */
const windowBytes = 64 * 1024;

/** A file behind the app's own protocol, read by ranges. */
export interface MediaFile {
  readonly size: number;
  /** The bytes [start, end), at once or as they come. */
  readonly read: (start: number, end: number) => Promise<Uint8Array | ReadableStream<Uint8Array>>;
  /** The bytes [start, start + length), fewer at the file's end; meant for small, near reads. */
  readonly bytesAt: (start: number, length: number) => Promise<Uint8Array>;
}

/** The file can't be had at all: not there any more, or main refuses it. */
export class MissingFileError extends Error {}

/**
 * @param signal ends all reading, also what is under way
 * @throws MissingFileError when it is not there, TypeError when main does not answer
 */
export async function openMediaFile(url: string, signal: AbortSignal): Promise<MediaFile> {
  async function request(start: number, end: number): Promise<Response> {
    const headers = { Range: `bytes=${start}-${end - 1}` };
    const response = await fetch(url, { headers, signal });
    if (response.ok) return response;
    throw new MissingFileError(`${response.status} ${response.statusText}`.trim());
  }

  const first = await request(0, headBytes);
  const head = new Uint8Array(await first.arrayBuffer());
  const size = totalSize(first) ?? head.length;
  let near = { start: 0, bytes: head };

  return {
    size,
    read: async (start, end) => {
      if (end <= head.length) return head.subarray(start, end);
      const { body } = await request(start, end);
      if (body === null) throw new TypeError('The answer has no body.');
      return body;
    },
    bytesAt: async (start, length) => {
      const end = Math.min(start + length, size);
      if (end <= start) return new Uint8Array();
      if (start < near.start || end > near.start + near.bytes.length) {
        const response = await request(
          start,
          Math.min(start + Math.max(length, windowBytes), size),
        );
        near = { start, bytes: new Uint8Array(await response.arrayBuffer()) };
      }
      return near.bytes.subarray(start - near.start, end - near.start);
    },
  };
}

/** From `Content-Range: bytes 0-65535/123456`; null when the whole file came at once. */
function totalSize(response: Response): number | null {
  const size = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  return size === undefined ? null : Number(size);
}
