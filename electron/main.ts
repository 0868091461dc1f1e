import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, protocol, session } from 'electron';
import type { Composed } from './compose.ts';
import { createLog } from './log.ts';
import { appScheme, createAppProtocol } from './shell/app-protocol.ts';
import { createChildHost } from './shell/child-host.ts';
import { answerRequests } from './shell/ipc.ts';
import { followLife } from './shell/lifecycle.ts';
import { setMenu } from './shell/menu.ts';
import { gatherOpenings } from './shell/openings.ts';
import { harden, limitPermissions } from './shell/security.ts';
import { openWindow } from './shell/window.ts';
import { followShape, openingBounds, readShape } from './shell/window-shape.ts';

const outFolder = fileURLToPath(new URL('..', import.meta.url));
const assetsFolder = join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'assets');

protocol.registerSchemesAsPrivileged([appScheme]);
// Windows shows notifications only of apps that it knows by the name of their shortcut, which is the
// `appId` of electron-builder.yml.
if (process.platform === 'win32') app.setAppUserModelId('io.github.refrain-player.refrain');
if (process.platform === 'linux') {
  // There the player speaks MPRIS itself, and Chromium's own entry would stand beside it.
  const others = app.commandLine.getSwitchValue('disable-features');
  const without = [others, 'MediaSessionService', 'HardwareMediaKeyHandling'];
  const named = without.filter((name) => name !== '').join(',');
  app.commandLine.appendSwitch('disable-features', named);
}
const userDataDir = app.commandLine.getSwitchValue('user-data-dir');
if (userDataDir !== '') app.setPath('userData', resolve(userDataDir));

const followOpenings = gatherOpenings(app);
if (app.requestSingleInstanceLock()) {
  harden(app);
  // Not a top-level await: `ready` would wait for this module, and this module for `ready`.
  void app.whenReady().then(run);
} else {
  // The instance that has the profile is told what to open by `second-instance`.
  app.quit();
}

/**
 * Opens the window at once. The parts that answer it are loaded while it comes up: that is why
 * this module imports none of them.
 */
function run(): void {
  const profile = app.getPath('userData');
  const log = createLog(profile, Date.now);
  process.on('uncaughtException', (error) => log.fault('Not caught', error));
  process.on('unhandledRejection', (error) => log.fault('Not caught', error));
  const host = createChildHost({
    file: join(outFolder, 'main/library-process.js'),
    folder: profile,
    name: 'Refrain library',
    staysUp: true,
    log,
  });
  setMenu();
  limitPermissions(session.defaultSession);
  host.start();
  let composed: Composed | null = null;
  let beginComposing = (): void => undefined;
  const composing = new Promise<void>((resolve) => {
    beginComposing = resolve;
  }).then(async () => {
    const { compose } = await import('./compose.ts');
    composed = compose({ window, shape, host, profile, outFolder, assetsFolder, log });
    return composed;
  });
  composing.catch((error: unknown) => log.fault('The parts could not be built', error));

  answerRequests(ipcMain, async (name, input) => (await composing).answer(name, input));
  const serve = createAppProtocol({
    pageFolder: join(outFolder, 'renderer'),
    media: async (id) => (await composing).media(id),
    cover: async (hash, size) => (await composing).cover(hash, size),
    ad: async (id) => (await composing).ad(id),
  });
  protocol.handle(appScheme.scheme, async (request) => {
    const response = await serve(request);
    // The page is on its way, and its process will need longer to read it than the parts to load.
    setImmediate(beginComposing);
    return response;
  });
  // Only now: the page is asked for as soon as there is a window.
  const shapeFile = join(profile, 'window.json');
  const saved = readShape(shapeFile);
  const icon = join(assetsFolder, 'icons/icon.png');
  const window = openWindow(outFolder, icon, openingBounds(saved));
  const shape = followShape(window, shapeFile, saved);
  followLife(window, {
    log,
    followOpenings,
    opened: (argv, directory) => {
      composing
        .then(({ open }) => open(argv, directory))
        .catch((error: unknown) => log.fault('Opening what was given', error));
    },
    putAway: () => composed?.putAway() ?? false,
    close: async () => {
      shape.save();
      try {
        await (await composing).close();
      } finally {
        await host.end();
      }
    },
  });
}
