import { parentPort } from 'node:worker_threads';
import type { PictureToShrink } from './picture-maker.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** The thread of `picture-maker.ts`, as an entry of its own in the build. Answers in order. */
if (parentPort === null) throw new Error('This is for a thread');
const maker = parentPort;
maker.on('message', ({ picture, size }: PictureToShrink) => {
  void shrinkPicture(picture, size)
    .catch(() => null)
    .then((small) => maker.postMessage(small));
});
