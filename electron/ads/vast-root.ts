import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BreakRequest } from './ad.ts';
import type { AdService } from './beacon-outbox.ts';
import { BadStatus, fetchBounded } from './bounded-fetch.ts';
import type { BreakPlace } from './decision-query.ts';
import { decisionQuery } from './decision-query.ts';
import type { WebBounds } from './web-request.ts';

/** Where the first response of a decision comes from. */
export interface VastRoot {
  /** @throws when there is none */
  readonly ask: (request: BreakRequest, bounds: WebBounds) => Promise<FirstResponse>;
  /** The folder that `file:` addresses in it may read; null: none may. */
  readonly folder: string | null;
}

export interface FirstResponse {
  readonly address: string;
  readonly bytes: Uint8Array;
}

/** @param location an http or https address, or the path of a file; its media may lie beside it */
export function rootAt(location: string): VastRoot {
  const address = /^https?:\/\//i.test(location) ? location : pathToFileURL(location).href;
  const folder = address.startsWith('file:') ? dirname(fileURLToPath(address)) : null;
  return {
    folder,
    async ask(_, bounds) {
      return { address, bytes: await fetchBounded(address, { ...bounds, folder }) };
    },
  };
}

export interface ServiceRootParts {
  readonly service: AdService;
  readonly place: BreakPlace;
  /** Campaigns that are not wanted now. */
  readonly excluded: () => readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The account service's choice. It is told of the break, and nothing of who listens. */
export function rootOfService({ service, place, excluded, now }: ServiceRootParts): VastRoot {
  return {
    folder: null,
    async ask({ genre }, { mostBytes, signal }) {
      const query = decisionQuery(randomUUID(), genre, excluded(), place, now());
      const address = new URL('/v1/ads/vast', service.origin);
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) address.searchParams.set(name, value);
      }
      const headers = { Accept: 'application/xml', 'Accept-Language': query.language };
      const response = await service.fetch(new Request(address, { headers, signal }));
      if (response.status !== 200 || response.body === null) {
        await response.body?.cancel();
        throw new BadStatus(response.status);
      }
      return { address: address.href, bytes: await readBounded(response.body, mostBytes) };
    },
  };
}

async function readBounded(
  body: ReadableStream<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { value } = await reader.read();
    if (value === undefined) return Buffer.concat(chunks);
    bytes += value.byteLength;
    if (bytes > mostBytes) {
      await reader.cancel();
      throw new Error(`The service sent more than ${mostBytes} bytes`);
    }
    chunks.push(value);
  }
}
