// Builds into out/: the QA build, or with --release the one that is shipped.
import './node-version.mjs';
import { buildApp } from './app-build.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { runScript } from './project.mjs';
import { say } from './set-up.mjs';

await runScript(async () => {
  await installNpmPackages(say);
  return buildApp({ release: process.argv.includes('--release') });
});
