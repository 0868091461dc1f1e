import { join } from 'node:path';
import { type BrowserWindow, Notification, app, nativeImage, powerSaveBlocker } from 'electron';
import type {
  DesktopSurfaces,
  DesktopWindow,
  MenuCommand,
  TaskbarPicture,
  TrackNotice,
} from '../desktop-ports.ts';
import { buildMenu, onlyNews } from './menus.ts';
import { createTaskbar } from './taskbar.ts';
import { createTray } from './tray.ts';
import { bringToFront } from './window.ts';

const nowhere = (): void => undefined;

/**
 * The parts of this system's desktop that show what plays. Those that it does not have do nothing.
 * @param iconFolder where `tray.png` and the pictures of the buttons lie
 */
export function createSurfaces(
  window: BrowserWindow,
  iconFolder: string,
  act: (command: MenuCommand) => void,
): DesktopSurfaces {
  const { platform } = process;
  const picture = (name: TaskbarPicture) =>
    nativeImage.createFromPath(join(iconFolder, `${name}.png`));
  return {
    // The dock of macOS does what a tray is for.
    showTray: platform === 'darwin' ? nowhere : createTray(join(iconFolder, 'tray.png'), act),
    showDock: onlyNews((entries) => app.dock?.setMenu(buildMenu(entries, act))),
    showTaskbar: platform === 'win32' ? createTaskbar(window, picture, act) : nowhere,
    notify: createNotifier(window),
    keepAwake: createWakefulness(),
  };
}

/** @param isMini whether the window is the mini player */
export function desktopWindow(window: BrowserWindow, isMini: () => boolean): DesktopWindow {
  return {
    show: () => bringToFront(window),
    hide: () => window.hide(),
    minimize: () => window.minimize(),
    isShown: () => !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
    isWatched: () =>
      !window.isDestroyed() && (window.isFocused() || (isMini() && window.isVisible())),
    onShownChanged(listener) {
      for (const event of ['show', 'hide', 'minimize', 'restore'] as const) {
        // Overloads, of which a union picks none.
        (window as NodeJS.EventEmitter).on(event, listener);
      }
    },
  };
}

function createNotifier(window: BrowserWindow): (notice: TrackNotice) => void {
  let last: Notification | null = null;

  function drop(): void {
    last?.close();
    last = null;
  }
  window.on('focus', drop);

  return ({ title, text, pictureFile }) => {
    if (!Notification.isSupported()) return;
    drop();
    const notification = new Notification({
      title,
      body: text,
      silent: true,
      ...(pictureFile !== null && { icon: pictureFile }),
    });
    notification.on('click', () => bringToFront(window));
    notification.show();
    last = notification;
  };
}

function createWakefulness(): (awake: boolean) => void {
  let blocker: number | null = null;
  return (awake) => {
    if (awake) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
