import { type UtilityProcess, utilityProcess } from 'electron';
import { RefrainError } from '../../shared/errors.ts';
import type { Log } from '../log.ts';
import type { Port } from '../remote.ts';

/** A process beside main, and the port to whichever run of it is the present one. */
export interface ChildHost {
  readonly port: Port;
  /** Does nothing while it runs. */
  readonly start: () => void;
  /** Asks it to end by the signal that it listens for; resolves when it has. */
  readonly end: () => Promise<void>;
}

export interface Child {
  /** The built file. */
  readonly file: string;
  /** The folder that it works in: its first argument. */
  readonly folder: string;
  /** For people who look at processes and at the log. */
  readonly name: string;
  /** Whether it comes back by itself when it dies; else by the next `start`. */
  readonly staysUp: boolean;
  readonly log: Log;
}

/** A process that ends this soon after its start is not started again: it would never stop. */
const shortestRunMilliseconds = 5_000;

/**
 * Runs a part outside the main process, which routes every input event and must wait for nothing.
 * What a run that ended had not answered ends with `unavailable`.
 */
export function createChildHost({ file, folder, name, staysUp, log }: Child): ChildHost {
  const onMessage: ((message: unknown) => void)[] = [];
  const onClose: (() => void)[] = [];
  let current: UtilityProcess | null = null;
  let ending = false;

  function start(): void {
    if (current !== null) return;
    ending = false;
    const startedAt = performance.now();
    const child = utilityProcess.fork(file, [folder], {
      serviceName: name,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Linux' allocator keeps memory for each thread that ever ran, and a scan's threads come and go.
      env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    });
    child.stderr?.on('data', (said: Buffer) => log.info(`${name} says: ${String(said).trim()}`));
    current = child;
    child.on('message', (message) => {
      for (const listener of onMessage) listener(message);
    });
    child.on('exit', (code) => {
      current = null;
      for (const listener of onClose) listener();
      if (ending || code === 0) return;
      log.info(`${name} ended with code ${code}`);
      if (staysUp && performance.now() - startedAt > shortestRunMilliseconds) start();
    });
  }

  return {
    port: {
      postMessage(message) {
        if (current === null) throw new RefrainError('unavailable', `${name} is not running`);
        current.postMessage(message);
      },
      onMessage: (listener) => void onMessage.push(listener),
      onClose: (listener) => void onClose.push(listener),
    },
    start,
    end: () =>
      new Promise((resolve) => {
        ending = true;
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
