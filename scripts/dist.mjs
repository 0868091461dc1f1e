// npm run dist: packs the app for this system into dist/, as far as this machine can, and starts
// what it packed. With --release it refuses to make anything that should not be shipped.
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { buildApp } from './app-build.mjs';
import { installedVersion, wantedVersion } from './electron-runtime.mjs';
import { nodeTool } from './node-tool.mjs';
import { DEVELOPMENT_PACKAGE, beforePack } from './package-hooks.mjs';
import { SetUpError, inProject, readJson, runScript } from './project.mjs';
import { runOnTerminal } from './run-command.mjs';
import { say, setUp } from './set-up.mjs';

const SEVEN_ZIP = '/usr/bin/7za';

await runScript(async () => {
  await setUp(['packing']);
  const isOfficial = (await installedVersion()) === wantedVersion();
  if (process.argv.includes('--release')) await beforePack();
  const buildCode = await buildApp({ release: true });
  if (buildCode !== 0) return buildCode;
  await rm(inProject('dist'), { recursive: true, force: true });
  const { targets, env } = isOfficial ? forShipping() : forTryingOut();
  const command = nodeTool('electron-builder', 'electron-builder', '--publish=never', ...targets);
  const packCode = await runOnTerminal(command, {
    env: { ...process.env, ...env },
    cwd: inProject(),
  });
  if (packCode !== 0) return packCode;
  const check = inProject('scripts', 'check-packaged.mjs');
  const checkCode = await runOnTerminal([process.execPath, check, packedProgram()]);
  await sumUp(isOfficial);
  return checkCode;
});

/** All that electron-builder.yml names for this system; it downloads the tools for it. */
function forShipping() {
  return { targets: [], env: {} };
}

/** What can be made without a network, on the one system that has a stand-in for Electron. */
function forTryingOut() {
  const described = /** @type {{ version: string }} */ (readJson(inProject('package.json')));
  return {
    targets: [
      ...['--linux', 'dir', 'tar.gz', 'deb'],
      `--config.extraMetadata.version=${described.version}-development`,
    ],
    env: {
      [DEVELOPMENT_PACKAGE]: '1',
      CUSTOM_FPM_PATH: inProject('scripts', 'deb-maker.mjs'),
      ELECTRON_BUILDER_7ZIP_PATH: SEVEN_ZIP,
      // Packed fast rather than small.
      ELECTRON_BUILDER_COMPRESSION_LEVEL: '1',
    },
  };
}

/** Where electron-builder leaves the program itself. */
function packedProgram() {
  const places = [
    ['linux-unpacked', 'refrain'],
    ['linux-arm64-unpacked', 'refrain'],
    ['win-unpacked', 'Refrain.exe'],
    ['win-arm64-unpacked', 'Refrain.exe'],
    ['mac', 'Refrain.app', 'Contents', 'MacOS', 'Refrain'],
    ['mac-arm64', 'Refrain.app', 'Contents', 'MacOS', 'Refrain'],
  ];
  const found = places.map((place) => inProject('dist', ...place)).find((path) => existsSync(path));
  if (found === undefined) throw new SetUpError('electron-builder left no program in dist/.');
  return found;
}

/** @param {boolean} isOfficial */
async function sumUp(isOfficial) {
  const made = (await readdir(inProject('dist'))).filter((name) => name.startsWith('refrain-'));
  say(`Made: ${made.join(', ')}`);
  if (isOfficial) return;
  say(
    `Not for shipping: Electron ${await installedVersion()} stands in for ${wantedVersion()}, ` +
      'which could not be fetched.',
  );
  say('Not made: AppImage, because its tools have to be downloaded.');
  say('Not made: Windows and macOS, because each is packed on its own system (see release.yml).');
}
