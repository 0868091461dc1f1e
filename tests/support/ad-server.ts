import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toneWav } from './tone.ts';

export const vastFixtures = fileURLToPath(new URL('../fixtures/vast/', import.meta.url));

/** What goes wrong with the answer to a request for ads, or with the sound of an ad. */
export const vastFailures = [
  'no-content',
  'server-error',
  'hang-up',
  'slow-head',
  'slow-body',
  'huge',
  'endless',
  'redirect-loop',
  'not-xml',
] as const;
export type VastFailure = (typeof vastFailures)[number];
export const mediaFailures = [
  'missing',
  'hang-up',
  'slow-head',
  'slow-body',
  'huge',
  'not-sound',
] as const;
export type MediaFailure = (typeof mediaFailures)[number];

export interface AdServer {
  /** @returns the address of a fixture of `tests/fixtures/vast/`, e.g. `pod.xml` */
  readonly vastUrl: (fixture: string) => string;
  /** Null: works as it should. */
  readonly failVast: (failure: VastFailure | null) => void;
  readonly failMedia: (failure: MediaFailure | null) => void;
  /** Seconds of each spot, from now on. */
  readonly setSpotSeconds: (seconds: number) => void;
  /** Paths asked for so far. */
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const megabyte = Buffer.alloc(1_000_000, 'x');

/** An ad server on this machine that fails as it is told. */
export async function startAdServer(): Promise<AdServer> {
  const asked: string[] = [];
  let vastFailure: VastFailure | null = null;
  let mediaFailure: MediaFailure | null = null;
  let spot = toneWav(10);

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    // A client that gave up makes the answer fail; that is what many tests are about.
    void answer(pathname, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function answer(path: string, response: ServerResponse): Promise<void> {
    if (path.endsWith('.xml')) {
      if (vastFailure !== null) return fail(vastFailure, response);
      response.setHeader('Content-Type', 'application/xml');
      response.end(await readFile(join(vastFixtures, path.slice(1))));
    } else if (path.endsWith('.png')) {
      response.setHeader('Content-Type', 'image/png').end(png);
    } else if (mediaFailure !== null) {
      return fail(mediaFailure, response);
    } else {
      response.setHeader('Content-Type', 'audio/wav').end(spot);
    }
  }

  return {
    vastUrl: (fixture) => `http://127.0.0.1:${port}/${fixture}`,
    failVast: (failure) => (vastFailure = failure),
    failMedia: (failure) => (mediaFailure = failure),
    setSpotSeconds: (seconds) => (spot = toneWav(seconds)),
    asked: () => asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function fail(failure: VastFailure | MediaFailure, response: ServerResponse): Promise<void> {
  switch (failure) {
    case 'no-content':
      response.writeHead(204).end();
      return;
    case 'server-error':
      response.writeHead(500).end('Sorry');
      return;
    case 'missing':
      response.writeHead(404).end();
      return;
    case 'hang-up':
      response.destroy();
      return;
    case 'slow-head':
      // Never answered; closing the server ends it.
      return;
    case 'slow-body':
      response.writeHead(200).write('<VAST version="4.2">');
      return;
    case 'huge':
      response.writeHead(200);
      for (let count = 0; count < 8; count += 1) response.write(megabyte);
      response.end();
      return;
    case 'endless':
      response.writeHead(200);
      while (!response.destroyed) await writeWhole(response);
      return;
    case 'redirect-loop':
      response.writeHead(302, { Location: '/again.xml' }).end();
      return;
    case 'not-xml':
    case 'not-sound':
      response.writeHead(200).end('<html><body>Welcome to our page');
      return;
  }
}

/** Resolves when the connection has taken it or is gone. */
function writeWhole(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.write(megabyte, () => resolve());
  });
}
