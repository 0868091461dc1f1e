import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeShape } from '../made-library/made-file.ts';
import { brokenContainers } from './broken-containers.ts';
import { brokenFiles, mutatedFiles } from './broken-files.ts';
import { brokenTags } from './broken-tags.ts';
import { fileKinds, goodShape, type TortureFile } from './torture-file.ts';

const modified = Date.UTC(2020, 0);

export const torturedParts = {
  files: brokenFiles,
  tags: brokenTags,
  containers: brokenContainers,
  mutated: mutatedFiles,
} as const;

/**
 * Writes what is broken, and good music between it: a file of each kind before, among and behind.
 * @returns what is broken, and the titles of the good
 */
export function makeTorture(
  folder: string,
  part: keyof typeof torturedParts,
): { readonly broken: readonly TortureFile[]; readonly titles: readonly string[] } {
  mkdirSync(folder);
  const broken = torturedParts[part]();
  for (const { name, shape } of broken) writeShape(join(folder, name), shape, modified);
  const titles = ['0', 'm', 'zz'].flatMap((place, round) =>
    fileKinds.map((kind, at) => {
      const number = 900 + 10 * round + at;
      writeShape(join(folder, `${place} good.${kind}`), goodShape(kind, number), modified);
      return `Good ${number}`;
    }),
  );
  return { broken, titles };
}
