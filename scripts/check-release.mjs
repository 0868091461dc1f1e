// Builds the release bundle into a folder of its own and looks through it for what only QA builds
// may have. Each mark must be in the QA build, so that none is looked for under an old name.
import './node-version.mjs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { buildApp } from './app-build.mjs';
import { inProject, runScript } from './project.mjs';

/** What gives QA code away, in main and in the window, by the part that it belongs to. */
const marks = [
  { mark: 'qa-tier', part: 'switches' },
  { mark: 'qa-clock', part: 'switches' },
  { mark: 'qa-ads', part: 'switches' },
  { mark: 'qa-service', part: 'switches' },
  { mark: 'qa.setTier', part: 'requests' },
  { mark: 'qa.payments', part: 'requests' },
  { mark: 'qa.moveClock', part: 'requests' },
  { mark: 'qa.adOutcome', part: 'requests' },
  { mark: 'qa.dueBreak', part: 'requests' },
  { mark: 'qa.reach', part: 'requests' },
  { mark: 'qa.view', part: 'requests' },
  { mark: 'urn:refrain:qa', part: 'the key that signs for testers' },
  { mark: 'qa-issuer', part: 'the key that signs for testers' },
  { mark: '`qa-${', part: 'the key that signs for testers' },
  { mark: 'QA Advertiser', part: 'the ads of testers' },
  { mark: 'A tester took it away', part: 'the shut door' },
  { mark: 'Break due now', part: 'the panel' },
  { mark: 'This is a QA build', part: 'the panel' },
];
const texts = new Set(['.js', '.cjs', '.mjs', '.css', '.html', '.json']);

await runScript(async () => {
  const place = '.build/release-check';
  const folder = inProject(place);
  await rm(folder, { recursive: true, force: true });
  const exitCode = await buildApp({ release: true, folder: place, stdout: 'ignore' });
  if (exitCode !== 0) {
    console.error('The release build failed; `npm run build:release` says why');
    return exitCode;
  }
  const [released, forTesters] = await Promise.all([textsIn(folder), textsIn(inProject('out'))]);
  const left = marks.flatMap(({ mark, part }) =>
    released
      .filter(({ text }) => text.includes(mark))
      .map(({ path }) => `"${mark}" (${part}) is in the release build: ${path}`),
  );
  const stale = marks
    .filter(({ mark }) => !forTesters.some(({ text }) => text.includes(mark)))
    .map(({ mark, part }) => `"${mark}" (${part}) is not even in the QA build: mend the list`);
  for (const fault of [...left, ...stale]) console.error(fault);
  if (left.length + stale.length > 0) return 1;
  console.log(`${marks.length} marks of QA code: in the QA build, and none in the release build`);
  return 0;
});

/**
 * @param {string} folder
 * @returns {Promise<readonly { path: string, text: string }[]>}
 */
async function textsIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && texts.has(extname(entry.name)));
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path: path.slice(folder.length + 1), text: await readFile(path, 'utf8') };
    }),
  );
}
