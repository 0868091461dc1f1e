import { readHead } from './head-reader.ts';
import type { TagReading } from './tags.ts';

/** Never rejects: what can't be read is an answer. */
export async function readTags(path: string): Promise<TagReading> {
  const reading = readHead(path);
  return reading === 'unsure' ? parseTags(path) : reading;
}

/** The slow way for what `readHead` is unsure of. Never rejects. */
export async function parseTags(path: string): Promise<TagReading> {
  return (await slowWay()).parseTags(path);
}

/** The embedded front cover itself; null when there is none or it can't be read. */
export async function readPicture(path: string): Promise<Uint8Array | null> {
  return (await slowWay()).readPicture(path);
}

/** Most threads never need it, and loading it takes nearly as long as starting one. */
function slowWay() {
  return import('./parse-tags.ts');
}
