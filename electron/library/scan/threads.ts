import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { RefrainError } from '../../../shared/errors.ts';
import { connect, overMessagePort, type Port, type Remote, serve } from '../../remote.ts';
import { createThreadWork, type ThreadWork } from './thread-work.ts';

export interface Thread {
  readonly work: Remote<ThreadWork>;
  /** Ends it, whatever it is at; what it was asked for ends with `unavailable`. */
  readonly stop: () => void;
}

/** Large enough that what is read goes before it is copied about. */
const maxYoungGenerationSizeMb = 48;

export type StartThread = () => Thread;

/**
 * Threads that run a built `scan-thread.js`. Where there is none, as in unbundled sources, the same
 * work is done by the thread that asks.
 */
export function threadsOf(
  entry: URL,
  fault: (message: string, cause: unknown) => void,
): StartThread {
  if (!existsSync(fileURLToPath(entry))) return workHere;
  return () => {
    const worker = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb } });
    const closed: (() => void)[] = [];
    let isOpen = true;
    function close(): void {
      isOpen = false;
      for (const listener of closed.splice(0)) listener();
    }
    worker.on('error', (error) => fault('A thread of the scan ended', error));
    worker.on('exit', close);
    const port: Port = {
      postMessage(message) {
        if (!isOpen) throw new RefrainError('unavailable', 'The thread has ended');
        worker.postMessage(message);
      },
      onMessage: (listener) => void worker.on('message', listener),
      onClose: (listener) => void closed.push(listener),
    };
    return {
      work: connect<ThreadWork, never>(port).parts,
      stop() {
        // One that waits for a lost disk ends when the disk answers; nobody waits for it.
        close();
        void worker.terminate();
      },
    };
  };
}

function workHere(): Thread {
  const { port1, port2 } = new MessageChannel();
  serve(overMessagePort(port1), createThreadWork(), () => undefined);
  return {
    work: connect<ThreadWork, never>(overMessagePort(port2)).parts,
    stop: () => port2.close(),
  };
}
