// npm run --silent refrain -- COMMAND …: the library without a window. Only the result goes to
// stdout; what is done first, as installing and building, is told on stderr.
import './node-version.mjs';
import { readdirSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { buildApp } from './app-build.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { inProject, runScript } from './project.mjs';

const built = inProject('out', 'main', 'command-line.js');

await runScript(async () => {
  await installNpmPackages(console.error);
  if (isStale()) {
    console.error('[refrain] Building …');
    const code = await buildApp({ release: false, stdout: 'stderr' });
    if (code !== 0) return code;
  }
  // Relative paths are meant from where npm was called.
  process.chdir(process.env['INIT_CWD'] ?? process.cwd());
  await import(pathToFileURL(built).href);
  return 0;
});

/** Whether the build is missing or older than what it is made of. */
function isStale() {
  const builtAt = changedAt(built);
  const sources = ['electron', 'shared'].flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => inProject(folder, name)),
  );
  return [...sources, inProject('electron.vite.config.ts'), inProject('package-lock.json')].some(
    (file) => changedAt(file) > builtAt,
  );
}

/**
 * @param {string} file
 * @returns {number} milliseconds since 1970; 0 when it is missing
 */
function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
