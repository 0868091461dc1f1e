// What electron-builder calls while it packs (see electron-builder.yml).
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installedVersion, wantedVersion } from './electron-runtime.mjs';
import { MANIFEST } from './folder-manifest.mjs';
import { SetUpError } from './project.mjs';

/** Set by scripts/dist.mjs when the packages are for trying out, not for shipping. */
export const DEVELOPMENT_PACKAGE = 'REFRAIN_DEVELOPMENT_PACKAGE';

/** Refuses to pack an Electron that is past its support, unless told that nothing is shipped. */
export async function beforePack() {
  const [installed, wanted] = [await installedVersion(), wantedVersion()];
  if (installed === wanted || process.env[DEVELOPMENT_PACKAGE] === '1') return;
  throw new SetUpError(`A release is made with Electron ${wanted}, not ${installed ?? 'none'}.`);
}

/**
 * Takes out what only the development Electron needs.
 * @param {import('app-builder-lib').AfterPackContext} context
 */
export async function afterPack({ appOutDir, packager }) {
  const resources = packager.getResourcesDir(appOutDir);
  await rm(join(resources, 'default_app.asar'), { force: true });
  await rm(join(appOutDir, MANIFEST), { force: true });
}
