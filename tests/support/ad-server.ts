import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
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

export const beaconFailures = ['server-error', 'refused', 'hang-up', 'slow-head'] as const;
export type BeaconFailure = (typeof beaconFailures)[number];

/** A request as it came in. */
export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface AdServer {
  readonly origin: string;
  /** @returns the address of a fixture of `tests/fixtures/vast/`, e.g. `pod.xml` */
  readonly vastUrl: (fixture: string) => string;
  /** What `/v1/ads/vast` answers with, as the account service does. */
  readonly setDecision: (fixture: string) => void;
  /** Null: works as it should. */
  readonly failVast: (failure: VastFailure | null) => void;
  readonly failMedia: (failure: MediaFailure | null) => void;
  readonly failBeacons: (failure: BeaconFailure | null) => void;
  /** Seconds of each spot, from now on. */
  readonly setSpotSeconds: (seconds: number) => void;
  /** Paths asked for so far, without beacons. */
  readonly asked: () => readonly string[];
  /** All requests so far, beacons too. */
  readonly requests: () => readonly Asked[];
  /** Beacons so far, as the fixtures name them: `impression/tea`. */
  readonly beacons: () => readonly string[];
  readonly close: () => Promise<void>;
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const megabyte = Buffer.alloc(1_000_000, 'x');

const beaconPath = '/beacons/';
const longestBody = 10_000;

/**
 * An ad server on this machine that fails as it is told. Beacons of the fixtures come to it, and
 * each answer is a serving of its own, as VAST has it.
 */
export async function startAdServer(): Promise<AdServer> {
  const requests: Asked[] = [];
  let decision = 'no-ad.xml';
  let vastFailure: VastFailure | null = null;
  let mediaFailure: MediaFailure | null = null;
  let beaconFailure: BeaconFailure | null = null;
  let spot = toneWav(10);
  let servings = 0;

  const server = createServer((request, response) => {
    // A client that gave up makes the answer fail; that is what many tests are about.
    void take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '/', headers } = request;
    let body = '';
    for await (const chunk of request) body = `${body}${String(chunk)}`.slice(0, longestBody);
    requests.push({ method, path, headers, body });
    await answer(new URL(path, origin).pathname, response);
  }

  async function answer(path: string, response: ServerResponse): Promise<void> {
    if (isBeacon(path)) {
      if (beaconFailure !== null) return fail(beaconFailure, response);
      response.writeHead(204).end();
    } else if (path.endsWith('.xml') || path === '/v1/ads/vast') {
      if (vastFailure !== null) return fail(vastFailure, response);
      response.setHeader('Content-Type', 'application/xml');
      response.end(await vastOf(path === '/v1/ads/vast' ? decision : path.slice(1)));
    } else if (path === '/missing.png') {
      await fail('missing', response);
    } else if (path.endsWith('.png')) {
      response.setHeader('Content-Type', 'image/png').end(png);
    } else if (mediaFailure !== null) {
      return fail(mediaFailure, response);
    } else {
      response.setHeader('Content-Type', 'audio/wav').end(spot);
    }
  }

  async function vastOf(fixture: string): Promise<string> {
    const text = await readFile(join(vastFixtures, fixture), 'utf8');
    servings += 1;
    return text
      .replaceAll('https://ads.example/', `${origin}${beaconPath}`)
      .replaceAll('https://service.example/', `${origin}/`)
      .replaceAll('</AdServingId>', `-${servings}</AdServingId>`);
  }

  return {
    origin,
    vastUrl: (fixture) => `${origin}/${fixture}`,
    setDecision: (fixture) => (decision = fixture),
    failVast: (failure) => (vastFailure = failure),
    failMedia: (failure) => (mediaFailure = failure),
    failBeacons: (failure) => (beaconFailure = failure),
    setSpotSeconds: (seconds) => (spot = toneWav(seconds)),
    asked: () => requests.map(({ path }) => pathOf(path)).filter((path) => !isBeacon(path)),
    requests: () => requests,
    beacons: () =>
      requests
        .map(({ path }) => pathOf(path))
        .filter(isBeacon)
        .map((path) => (path.startsWith(beaconPath) ? path.slice(beaconPath.length) : path)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isBeacon(path: string): boolean {
  return path.startsWith(beaconPath) || path.startsWith('/v1/beacons/');
}

function pathOf(path: string): string {
  return new URL(path, 'http://localhost').pathname;
}

async function fail(
  failure: VastFailure | MediaFailure | BeaconFailure,
  response: ServerResponse,
): Promise<void> {
  switch (failure) {
    case 'no-content':
      response.writeHead(204).end();
      return;
    case 'server-error':
      response.writeHead(500).end('Sorry');
      return;
    case 'refused':
      response.writeHead(403).end('No');
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
