import { RefrainError } from '../shared/errors.ts';
import {
  longestAnswerMilliseconds,
  mostAnswerBytes,
  type ServiceDoor,
} from './account/service-door.ts';
import { connect, type Port } from './remote.ts';
import { plainHeaders } from './plain-headers.ts';
import type { ServiceGround, ServiceProcess } from './service-process.ts';

/** The door to the service inside the app: its process runs while it is needed. */
export interface EmbeddedDoor extends ServiceDoor {
  /** A tester's clock was moved: the service's goes with it. */
  readonly moveClock: () => Promise<void>;
  /** Lets the process close its database and end; none is started any more. */
  readonly close: () => Promise<void>;
}

export interface EmbeddedDoorParts {
  /** A process that can be started and ended, over and over. */
  readonly host: {
    readonly port: Port;
    readonly start: () => void;
    readonly end: () => Promise<void>;
  };
  readonly origin: string;
  /** Asked for at each start of the process. */
  readonly ground: () => Promise<Omit<ServiceGround, 'clockOffset'>>;
  /** How far a tester's clock is ahead of the system's, in milliseconds. */
  readonly clockOffset: () => number;
  /** How long it stays with nobody asking. */
  readonly idleMilliseconds: number;
}

/** A new database takes seconds, on a slow machine many. */
const longestOpeningMilliseconds = 120_000;

export function createEmbeddedDoor({
  host,
  origin,
  ground,
  clockOffset,
  idleMilliseconds,
}: EmbeddedDoorParts): EmbeddedDoor {
  const { service } = connect<ServiceProcess, never>(host.port).parts;
  /** The present run's opening; null while there is none. */
  let opening: Promise<void> | null = null;
  let ending: Promise<void> = Promise.resolve();
  let isClosed = false;
  let using = 0;
  /** Visits that the present run has opened its pages for. */
  let visits = 0;
  let idle: NodeJS.Timeout | undefined;

  host.port.onClose(() => {
    opening = null;
    visits = 0;
  });

  async function open(): Promise<void> {
    await ending;
    const given = await ground();
    if (isClosed) throw new Error('The door was closed meanwhile');
    host.start();
    await inTime(
      service.open({ ...given, clockOffset: clockOffset() }),
      longestOpeningMilliseconds,
    );
  }

  function end(): Promise<void> {
    clearTimeout(idle);
    if (opening === null) return ending;
    opening = null;
    ending = host.end();
    return ending;
  }

  async function use<Result>(task: () => Promise<Result>): Promise<Result> {
    using += 1;
    clearTimeout(idle);
    try {
      opening ??= open();
      const present = opening;
      // One that could not be opened is tried anew by whoever asks next.
      await present.catch((error: unknown) => {
        if (opening === present) opening = null;
        throw error;
      });
      return await task();
    } catch (error) {
      throw unreachable(error);
    } finally {
      using -= 1;
      restIfIdle();
    }
  }

  function restIfIdle(): void {
    clearTimeout(idle);
    if (using > 0 || visits > 0) return;
    idle = setTimeout(() => void end(), idleMilliseconds);
    idle.unref();
  }

  return {
    origin,
    fetch: (request) =>
      use(async () => {
        const { status, headers, body } = await inTime(
          service.handle({
            method: request.method,
            url: request.url,
            headers: plainHeaders(request.headers),
            body: request.body === null ? null : new Uint8Array(await request.arrayBuffer()),
          }),
          longestAnswerMilliseconds,
        );
        if (body.byteLength > mostAnswerBytes) throw new Error('The answer is too large');
        const given = headers.map(([name, value]): [string, string] => [name, value]);
        const mayHaveBody = status !== 204 && status !== 304;
        return new Response(mayHaveBody ? Buffer.from(body) : null, { status, headers: given });
      }),
    openPages: () =>
      use(async () => {
        const pages = await service.openPages();
        visits += 1;
        return pages;
      }),
    async closePages() {
      // A run that ended has closed them.
      if (visits === 0) return;
      visits -= 1;
      await use(service.closePages);
    },
    async moveClock() {
      if (opening !== null) await use(() => service.setClock(clockOffset()));
    },
    close() {
      isClosed = true;
      return end();
    },
  };
}

async function inTime<Value>(answer: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(cause: unknown): RefrainError {
  return new RefrainError('service_unreachable', 'The account service gave no answer', { cause });
}
