import { Menu } from 'electron';

/**
 * macOS expects a menu bar; elsewhere the window has none and its own shortcuts, so that Alt and
 * F10 stay with the page.
 */
export function setMenu(): void {
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );
}
