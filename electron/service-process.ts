import { RefrainError } from '../shared/errors.ts';
import type { EmbeddedService } from '../service/embedded.ts';
import { createEmbeddedService } from '../service/embedded.ts';
import { givenFolder, portToParent } from './parent-process.ts';
import { plainHeaders } from './plain-headers.ts';
import { type Port, serve } from './remote.ts';

/** A request of HTTP, as it travels between processes. */
export interface PlainRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Null: none. */
  readonly body: Uint8Array | null;
}

export interface PlainAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** What main brings; it never lies beside the database. */
export interface ServiceGround {
  readonly issuer: string;
  /** 32 bytes. */
  readonly sealingKey: Uint8Array;
  /** How far a tester's clock is ahead of the system's, in milliseconds. */
  readonly clockOffset: number;
}

export type ServiceProcess = ReturnType<typeof createServiceProcess>;

/** The account service in a process of its own: its database would stall main and swell it. */
export function createServiceProcess(
  folder: string | null,
  fault: (message: string, cause: unknown) => void,
) {
  let opening: Promise<EmbeddedService> | null = null;
  let clockOffset = 0;

  function opened(): Promise<EmbeddedService> {
    if (opening === null) throw new RefrainError('unavailable', 'The service was not opened');
    return opening;
  }

  return {
    service: {
      /** Comes before all else. Seconds, the first time. */
      async open(ground: ServiceGround): Promise<void> {
        clockOffset = ground.clockOffset;
        opening ??= createEmbeddedService({
          folder,
          issuer: ground.issuer,
          sealingKey: ground.sealingKey,
          now: () => Date.now() + clockOffset,
          log: { info: () => undefined, fault },
        });
        await opening;
      },
      async handle({ method, url, headers, body }: PlainRequest): Promise<PlainAnswer> {
        const { fetch } = await opened();
        const response = await fetch(
          new Request(url, {
            method,
            headers: headers.map(([name, value]): [string, string] => [name, value]),
            ...(body !== null && { body: Buffer.from(body) }),
          }),
        );
        return {
          status: response.status,
          headers: plainHeaders(response.headers),
          body: new Uint8Array(await response.arrayBuffer()),
        };
      },
      openPages: async () => (await opened()).openPages(),
      closePages: async () => (await opened()).closePages(),
      /** A tester's clock was moved. */
      setClock(offset: number): void {
        clockOffset = offset;
      },
      async close(): Promise<void> {
        await (await opening)?.close();
      },
    },
  };
}

function serveParent(parent: Port): void {
  const fault = (message: string, cause: unknown): void => console.error(message, cause);
  const parts = createServiceProcess(givenFolder(), fault);
  serve(parent, parts, fault);
  process.once('SIGTERM', () => {
    void parts.service.close().finally(() => process.exit(0));
  });
}

const parent = portToParent();
if (parent !== null) serveParent(parent);
