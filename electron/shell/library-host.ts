import { type UtilityProcess, utilityProcess } from 'electron';
import { RefrainError } from '../../shared/errors.ts';
import type { Log } from '../log.ts';
import type { Port } from '../remote.ts';

/** The process that holds the library, and the port to whichever run of it is the present one. */
export interface LibraryHost {
  readonly port: Port;
  readonly start: () => void;
  /** Ends it for good, letting it close its database: it listens for the signal. */
  readonly close: () => Promise<void>;
}

/** A process that ends this soon after its start is not started again: it would never stop. */
const shortestRunMilliseconds = 5_000;

/**
 * Runs the library outside the main process, which routes every input event and must not wait for
 * a disk. When it dies it is started again, and what it had not answered ends with `unavailable`.
 */
export function createLibraryHost(file: string, profile: string, log: Log): LibraryHost {
  const onMessage: ((message: unknown) => void)[] = [];
  const onClose: (() => void)[] = [];
  let current: UtilityProcess | null = null;
  let closing = false;

  function start(): void {
    if (current !== null) return;
    const startedAt = performance.now();
    const child = utilityProcess.fork(file, [profile], {
      serviceName: 'Refrain library',
      stdio: ['ignore', 'ignore', 'pipe'],
      // Linux' allocator keeps memory for each thread that ever ran, and a scan's threads come and go.
      env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    });
    child.stderr?.on('data', (said: Buffer) =>
      log.info(`The library says: ${String(said).trim()}`),
    );
    current = child;
    child.on('message', (message) => {
      for (const listener of onMessage) listener(message);
    });
    child.on('exit', (code) => {
      current = null;
      for (const listener of onClose) listener();
      if (closing || code === 0) return;
      log.info(`The library process ended with code ${code}`);
      if (performance.now() - startedAt > shortestRunMilliseconds) start();
    });
  }

  return {
    port: {
      postMessage(message) {
        if (current === null) throw new RefrainError('unavailable', 'The library is not running');
        current.postMessage(message);
      },
      onMessage: (listener) => void onMessage.push(listener),
      onClose: (listener) => void onClose.push(listener),
    },
    start,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        const child = current;
        if (child === null) {
          resolve();
          return;
        }
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
}
