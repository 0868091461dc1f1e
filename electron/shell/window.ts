import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { appOrigin } from '../../shared/urls.ts';
import { windowPreferences } from './security.ts';
import { type Bounds, smallestSize } from './window-bounds.ts';

/**
 * Opens the player's window; it shows itself with its first painted frame.
 * @param bounds where it was
 */
export function openWindow(
  outFolder: string,
  iconFile: string,
  bounds: Partial<Bounds>,
): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    title: 'Refrain',
    icon: iconFile,
    autoHideMenuBar: true,
    // The page's own background, so that opening does not flash.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#131217' : '#f7f6f9',
    webPreferences: { ...windowPreferences, preload: join(outFolder, 'preload/preload.cjs') },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** Wherever it was put away. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
