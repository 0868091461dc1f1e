import { Tray, nativeImage } from 'electron';
import type { MenuCommand, TrayLook } from '../desktop-ports.ts';
import { buildMenu, onlyNews } from './menus.ts';

/** The player's icon in the tray, while it is to have one. */
export function createTray(
  iconFile: string,
  act: (command: MenuCommand) => void,
): (look: TrayLook | null) => void {
  let tray: Tray | null = null;

  function open(): Tray {
    const opened = new Tray(nativeImage.createFromPath(iconFile));
    opened.on('click', () => act('show'));
    return opened;
  }

  return onlyNews((look) => {
    if (look === null) {
      tray?.destroy();
      tray = null;
      return;
    }
    tray ??= open();
    tray.setToolTip(look.tooltip);
    tray.setContextMenu(buildMenu(look.entries, act));
  });
}
