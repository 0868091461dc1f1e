import { open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WebBounds } from './web-request.ts';
import { getWeb } from './web-request.ts';

export interface FetchBounds extends WebBounds {
  /** The folder that `file:` addresses may read; null: none may. */
  readonly folder: string | null;
}

/** A server's answer that is not the thing asked for. */
export class BadStatus extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The ad server answered ${status}`);
    this.status = status;
  }
}

/**
 * Reads an http, https or, within the folder, a file address.
 * @throws when it answers other than 200, is larger than allowed or does not end in time
 */
export async function fetchBounded(address: string, bounds: FetchBounds): Promise<Uint8Array> {
  bounds.signal.throwIfAborted();
  if (address.startsWith('file:')) return readLocal(fileURLToPath(address), bounds);
  const { status, bytes } = await getWeb(address, bounds);
  if (status !== 200) throw new BadStatus(status);
  return bytes;
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
