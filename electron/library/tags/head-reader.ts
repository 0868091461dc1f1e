import type { TagReading } from './tags.ts';

/**
 * What a file says of its music, by one bounded read of its head in the common cases. Synchronous,
 * for threads that do nothing else. Never throws.
 * @returns 'unsure' when `parseTags` of read-tags.ts should be asked: another format, or bytes that
 * can be understood in two ways
 */
export function readHead(_path: string): TagReading | 'unsure' {
  return 'unsure';
}
