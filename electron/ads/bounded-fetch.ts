import { open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface FetchBounds {
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** The folder that `file:` addresses may read; null: none may. */
  readonly folder: string | null;
}

/**
 * Reads an http, https or, within the folder, a file address.
 * @throws when it answers other than 200, is larger than allowed or does not end in time
 */
export async function fetchBounded(address: string, bounds: FetchBounds): Promise<Uint8Array> {
  bounds.signal.throwIfAborted();
  const { protocol } = new URL(address);
  switch (protocol) {
    case 'http:':
    case 'https:':
      return fetchRemote(address, bounds);
    case 'file:':
      return readLocal(fileURLToPath(address), bounds);
    default:
      throw new Error(`Ads are not fetched by ${protocol}`);
  }
}

async function fetchRemote(
  address: string,
  { mostBytes, signal }: FetchBounds,
): Promise<Uint8Array> {
  const response = await fetch(address, {
    signal,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error(`The ad server answered ${response.status}`);
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { value } = await reader.read();
    if (value === undefined) return Buffer.concat(chunks);
    bytes += value.byteLength;
    // The length that the server states is not to be trusted.
    if (bytes > mostBytes) {
      await reader.cancel();
      throw new Error(`The ad server sent more than ${mostBytes} bytes`);
    }
    chunks.push(value);
  }
}

async function readLocal(path: string, { mostBytes, folder }: FetchBounds): Promise<Uint8Array> {
  if (folder === null) throw new Error('Ads from a server read no local files');
  // SECURITY: an ad must not have other files of the machine read, by a link neither.
  const real = await realpath(path);
  if (!real.startsWith((await realpath(folder)) + sep)) {
    throw new Error('The ad names a file outside its folder');
  }
  const file = await open(real, 'r');
  try {
    const { size } = await file.stat();
    if (size > mostBytes) throw new Error(`The ad's file has more than ${mostBytes} bytes`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
