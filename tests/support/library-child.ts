import { createLibraryProcess } from '../../electron/library-process.ts';

/** Scans the folder (second argument) into the profile (first) and says each count of rows. */
const [, , profile = '', folder = ''] = process.argv;
const { library } = createLibraryProcess({
  profile,
  emit: () => undefined,
  fault: (message, cause) => console.error(message, cause),
  now: () => Date.now(),
});
setInterval(() => console.log(library.trackIds({ from: 'all' }).length), 5);
await library.addFolder(folder, { sample: false });
await library.scanEnded();
console.log('done');
