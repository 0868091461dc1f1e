import { RefrainError } from '../../shared/errors.ts';
import { longestAnswerMilliseconds, mostAnswerBytes, type ServiceDoor } from './service-door.ts';

/**
 * The door to a service at an address.
 * @param origin https; plain http for a service on this machine only, as tests have it
 * @throws when the origin is none, or would be asked in the clear over a network
 */
export function createNetworkDoor(origin: string): ServiceDoor {
  const { protocol, hostname, origin: whole } = new URL(origin);
  // SECURITY: access tokens go this way.
  const isSafe = protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
  if (!isSafe || whole !== origin) throw new Error(`${origin} is no origin of a service`);
  return {
    origin,
    async fetch(request) {
      if (new URL(request.url).origin !== origin) {
        throw new RefrainError('internal', 'The request is for somebody else');
      }
      try {
        const response = await fetch(request, {
          redirect: 'manual',
          signal: AbortSignal.any([request.signal, AbortSignal.timeout(longestAnswerMilliseconds)]),
        });
        const body = await readBounded(response);
        const { status, headers } = response;
        return new Response(body.byteLength === 0 ? null : new Uint8Array(body), {
          status,
          headers,
        });
      } catch (cause) {
        throw new RefrainError('service_unreachable', 'The account service gave no answer', {
          cause,
        });
      }
    },
    openPages: () => Promise.resolve(origin),
    closePages: () => Promise.resolve(),
  };
}

async function readBounded(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part?.value === undefined) return Buffer.concat(parts);
    bytes += part.value.byteLength;
    if (bytes > mostAnswerBytes) throw new Error('The answer is too large');
    parts.push(part.value);
  }
}
