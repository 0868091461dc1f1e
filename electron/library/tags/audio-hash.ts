/**
 * The hash of a file's sound alone, which no edit of its tags changes.
 * @returns null when the file has no sound that can be told apart from its tags
 */
export function audioHash(_path: string): Promise<string | null> {
  return Promise.resolve(null);
}
