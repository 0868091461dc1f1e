import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { appOrigin } from '../../shared/urls.ts';
import { windowPreferences } from './security.ts';

/** Opens the player's window; it shows itself with its first painted frame. */
export function openWindow(outFolder: string, iconFile: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
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
