/**
 * What a track's sound is known by: its file's sound, and for a part where in the file it begins. So
 * the parts of one file are no copies of each other, but those of its copy are.
 * @param fileSound null: the file has none that can be told
 */
export function partSound(
  fileSound: string | null,
  { partStart }: { readonly partStart: number | null },
): string | null {
  return fileSound === null || partStart === null ? fileSound : `${fileSound}@${partStart}`;
}
