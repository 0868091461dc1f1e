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
