import type { CueFile, CueSheet } from './parse-cue.ts';

/**
 * Which of the files beside a sheet it means, as far as they hold several of its tracks: one of a
 * single track is a track anyway. Sheets are made on other systems and their files converted later,
 * so that a file counts whose name differs in case, accents' form or extension; at last the one that
 * is called like the sheet. Only names count: where the sheet says that they lie does not.
 * @param sheetName the sheet's own file
 * @param names of the sound files in its folder
 */
export function filesOfSheet(
  sheet: CueSheet,
  sheetName: string,
  names: readonly string[],
): ReadonlyMap<string, CueFile> {
  const found = new Map<string, CueFile>();
  for (const file of sheet.files) {
    if (file.tracks.length < 2) continue;
    const own = folded(file.name.split(/[/\\]/).at(-1) ?? '');
    const ways: ((name: string) => boolean)[] = [
      (name) => name === own,
      (name) => stem(name) === stem(own),
    ];
    if (sheet.files.length === 1) {
      const like = stem(folded(sheetName));
      ways.push((name) => name === like || stem(name) === like);
    }
    const free = names.filter((name) => !found.has(name));
    const match = ways.flatMap((way) => free.find((name) => way(folded(name))) ?? [])[0];
    if (match !== undefined) found.set(match, file);
  }
  return found;
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}
