import { parentPort } from 'node:worker_threads';
import { overMessagePort, serve } from '../../electron/remote.ts';
import { createThreadWork } from '../../electron/library/scan/thread-work.ts';

/** A thread of the scan that ends at one file, and never comes back from another. */
if (parentPort === null) throw new Error('This is for a thread');
const work = createThreadWork();
const read = (files: Parameters<typeof work.tags.read>[0]) => {
  if (files.some(({ path }) => path.endsWith('killer.wav'))) process.exit(1);
  while (files.some(({ path }) => path.endsWith('hanger.wav')));
  return work.tags.read(files);
};
serve(overMessagePort(parentPort), { ...work, tags: { read } }, (message, cause) =>
  console.error(message, cause),
);
