import type { BrowserWindow, NativeImage } from 'electron';
import type { MenuCommand, TaskbarLook, TaskbarPicture } from '../desktop-ports.ts';

/** What Electron has for the taskbar of Windows; elsewhere these do nothing or are not there. */
export type TaskbarWindow = Pick<
  BrowserWindow,
  'setProgressBar' | 'setThumbarButtons' | 'setOverlayIcon' | 'isDestroyed'
>;

/** Off the bar, as Electron has it. */
const noProgress = -1;

/** @param picture of a button, or of the overlay */
export function createTaskbar(
  window: TaskbarWindow,
  picture: (name: TaskbarPicture) => NativeImage,
  act: (command: MenuCommand) => void,
): (look: TaskbarLook) => void {
  let shown: TaskbarLook | null = null;

  return (look) => {
    if (window.isDestroyed()) return;
    if (look.progress !== shown?.progress || look.isPaused !== shown.isPaused) {
      const mode = look.isPaused ? 'paused' : 'normal';
      window.setProgressBar(look.progress ?? noProgress, { mode });
    }
    // Windows redraws the buttons each time, under the pointer too.
    if (JSON.stringify(look.buttons) !== JSON.stringify(shown?.buttons)) {
      window.setThumbarButtons(
        look.buttons.map(({ command, picture: name, tooltip, enabled }) => ({
          icon: picture(name),
          tooltip,
          flags: enabled ? ['enabled'] : ['disabled'],
          click: () => act(command),
        })),
      );
    }
    if (look.overlay?.picture !== shown?.overlay?.picture) {
      const { overlay } = look;
      window.setOverlayIcon(
        overlay === null ? null : picture(overlay.picture),
        overlay?.description ?? '',
      );
    }
    shown = look;
  };
}
