import { parentPort } from 'node:worker_threads';
import { overMessagePort, serve } from '../../electron/remote.ts';
import { createThreadWork } from '../../electron/library/scan/thread-work.ts';

/** A thread of the scan that ends at one file, and never comes back from another. */
if (parentPort === null) throw new Error('This is for a thread');
const work = createThreadWork();
const read = (paths: readonly string[]) => {
  if (paths.some((path) => path.endsWith('killer.wav'))) process.exit(1);
  while (paths.some((path) => path.endsWith('hanger.wav')));
  return work.tags.read(paths);
};
serve(overMessagePort(parentPort), { ...work, tags: { read } }, (message, cause) =>
  console.error(message, cause),
);
