import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CoverSize } from '../../../shared/urls.ts';
import { shrinkPicture } from './shrink-picture.ts';

export interface PictureToShrink {
  readonly picture: Uint8Array;
  readonly size: CoverSize;
}

export interface PictureMaker {
  /**
   * One at a time, for the caller to see to.
   * @returns a JPEG that fits in the square; null when there is no picture in these bytes
   */
  readonly shrink: (wanted: PictureToShrink) => Promise<Uint8Array | null>;
}

const idleMilliseconds = 5000;

/**
 * Shrinks pictures in a thread that ends when it is idle: the picture library takes 130 MB with the
 * first picture and never gives them back. Where there is no built thread, as in unbundled sources,
 * the thread that asks does the work.
 */
export function createPictureMaker(
  entry = new URL('./picture-thread.js', import.meta.url),
): PictureMaker {
  if (!existsSync(fileURLToPath(entry))) {
    return { shrink: ({ picture, size }) => shrinkPicture(picture, size).catch(() => null) };
  }
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;

  function start(): Worker {
    const started = new Worker(entry);
    // An error is told to whoever waits; here it only must not end the process.
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker === started) worker = null;
    });
    started.unref();
    return started;
  }

  function end(): void {
    void worker?.terminate();
    worker = null;
  }

  return {
    async shrink(wanted) {
      clearTimeout(idle);
      worker ??= start();
      const at = worker;
      const ended = new AbortController();
      at.once('exit', () => ended.abort());
      try {
        at.postMessage(wanted);
        const [small] = (await once(at, 'message', ended)) as [Uint8Array | null];
        return small;
      } catch {
        return null;
      } finally {
        idle = setTimeout(end, idleMilliseconds).unref();
      }
    },
  };
}
