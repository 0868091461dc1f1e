// What the development Electron runs when it is given a folder: `electron . SWITCHES`. It is packed
// into resources/default_app.asar. The top-level await matters: Electron holds `ready` back until
// this module has finished, so the app's own main module may still prepare itself before it.
import { app } from 'electron';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { appPath, preloads } = readCommandLine(process.argv.slice(1));
const requireFromHere = createRequire(join(process.cwd(), 'launcher.js'));
for (const preload of preloads) requireFromHere(preload);

if (appPath === undefined) {
  console.log('Usage: electron [-r MODULE] APP-FOLDER [SWITCHES]');
  app.exit(2);
} else {
  await runApp(resolve(appPath));
}

/**
 * @param {readonly string[]} args
 * @returns {{ appPath: string | undefined, preloads: readonly string[] }}
 */
function readCommandLine(args) {
  const preloads = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '-r' || arg === '--require') {
      at += 1;
      preloads.push(args[at] ?? '');
    } else if (!arg.startsWith('-')) {
      return { appPath: arg, preloads };
    }
  }
  return { appPath: undefined, preloads };
}

/**
 * What Electron keeps for its own start-up code, which this is in place of.
 * @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} InternalSetters
 */

/**
 * @param {string} path a folder with a package.json, or a module
 */
async function runApp(path) {
  const isModule = /\.[cm]?js$/.test(path);
  const folder = isModule ? dirname(path) : path;
  const described = isModule ? {} : JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const name = described.productName ?? described.name;
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  if (name !== undefined) app.setName(name);
  const settable = /** @type {Electron.App & InternalSetters} */ (app);
  if (described.version !== undefined) settable.setVersion(described.version);
  app.setDesktopName(described.desktopName ?? `${app.getName()}.desktop`);
  settable.setAppPath(folder);
  await import(pathToFileURL(isModule ? path : join(folder, described.main ?? 'index.js')).href);
}
