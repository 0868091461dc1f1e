import { type BrowserWindow, app } from 'electron';
import type { Log } from '../log.ts';
import type { Opened } from './openings.ts';
import { bringToFront } from './window.ts';

/** What the system tells a running app. */
export interface LifeParts {
  readonly log: Log;
  /** Takes who opens what another start of the app, or the system, asks for. */
  readonly followOpenings: (opened: Opened) => void;
  readonly opened: Opened;
  /** Saves everything; quitting waits for it, but not for ever. */
  readonly close: () => Promise<void>;
  /** The listener closes the window. @returns whether it was put away, and nothing ends */
  readonly putAway: () => boolean;
}

const longestCloseMilliseconds = 4_000;

/** Follows the app's life from here to its end. */
export function followLife(
  window: BrowserWindow,
  { log, followOpenings, opened, close, putAway }: LifeParts,
): void {
  let closed = false;

  followOpenings((argv, directory) => {
    bringToFront(window);
    opened(argv, directory);
  });

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.info(`The window's process ended: ${reason}`);
    // The session lives here in main, so the new page goes on where the old one was.
    if (!closed) window.webContents.reload();
  });
  // On macOS closing the window leaves the music playing; the Dock shows it again.
  window.on('close', (event) => {
    if (closed) return;
    if (process.platform === 'darwin') {
      event.preventDefault();
      window.hide();
    } else if (putAway()) event.preventDefault();
  });
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => app.quit());

  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    closed = true;
    const tooLate = new Promise<void>((resolve) => {
      setTimeout(resolve, longestCloseMilliseconds);
    });
    void Promise.race([close(), tooLate])
      .catch((error: unknown) => log.fault('Closing', error))
      .finally(() => app.exit());
  });
}
