import { parentPort } from 'node:worker_threads';
import { overMessagePort, serve } from '../../remote.ts';
import { lowerPriority } from '../lower-priority.ts';
import { createThreadWork } from './thread-work.ts';

/** A thread of the scan, as an entry of its own in the build. */
if (parentPort === null) throw new Error('This is for a thread');
lowerPriority();
serve(overMessagePort(parentPort), createThreadWork(), (message, cause) =>
  console.error(message, cause),
);
