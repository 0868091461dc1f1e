import { Menu } from 'electron';
import type { MenuCommand, MenuEntry } from '../desktop-ports.ts';

/** A menu of the system's own kind. */
export function buildMenu(
  entries: readonly MenuEntry[],
  act: (command: MenuCommand) => void,
): Electron.Menu {
  return Menu.buildFromTemplate(
    entries.map((entry) => {
      switch (entry.kind) {
        case 'command':
          return { label: entry.label, enabled: entry.enabled, click: () => act(entry.command) };
        case 'text':
          return { label: entry.label, enabled: false };
        case 'line':
          return { type: 'separator' };
      }
    }),
  );
}

/** Passes on what differs from before: a menu that is open closes when it is set anew. */
export function onlyNews<Look>(show: (look: Look) => void): (look: Look) => void {
  let shown = '';
  return (look) => {
    const content = JSON.stringify(look);
    if (content === shown) return;
    shown = content;
    show(look);
  };
}
