/**
 * Where the desktop shows the player, and what may be done there. `electron/desktop` says what is to
 * be seen, `electron/shell` has it shown.
 */
export interface DesktopSurfaces {
  /** Null: without an icon in the tray. */
  readonly showTray: (look: TrayLook | null) => void;
  /** In the dock of macOS. */
  readonly showDock: (entries: readonly MenuEntry[]) => void;
  /** In the taskbar of Windows. */
  readonly showTaskbar: (look: TaskbarLook) => void;
  /** Takes the place of the notice before, if that is still there. */
  readonly notify: (notice: TrackNotice) => void;
  /** While it is true the system does not go to sleep by itself. */
  readonly keepAwake: (awake: boolean) => void;
}

/** What may be chosen where the window itself is not. */
export type MenuCommand = 'playPause' | 'next' | 'previous' | 'show' | 'hide' | 'quit';

export type MenuEntry =
  | {
      readonly kind: 'command';
      readonly command: MenuCommand;
      readonly label: string;
      readonly enabled: boolean;
    }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'line' };

export interface TrayLook {
  readonly tooltip: string;
  readonly entries: readonly MenuEntry[];
}

/** The window's button in the taskbar, and the buttons under its thumbnail. */
export interface TaskbarLook {
  /** 0 … 1; null: no bar. */
  readonly progress: number | null;
  readonly isPaused: boolean;
  readonly buttons: readonly TaskbarButton[];
  /** A small picture on the button, and what it says to a screen reader; null: none. */
  readonly overlay: { readonly picture: TaskbarPicture; readonly description: string } | null;
}

export interface TaskbarButton {
  readonly command: MenuCommand;
  readonly picture: TaskbarPicture;
  readonly tooltip: string;
  readonly enabled: boolean;
}

export type TaskbarPicture = 'play' | 'pause' | 'next' | 'previous';

export interface TrackNotice {
  readonly title: string;
  readonly text: string;
  /** Absolute path of a JPEG; null: there is none. */
  readonly pictureFile: string | null;
}

/** The window as the desktop puts it away and fetches it. */
export interface DesktopWindow {
  readonly show: () => void;
  readonly hide: () => void;
  readonly minimize: () => void;
  /** It can be seen, or can be made to be from the taskbar. */
  readonly isShown: () => boolean;
  /** The listener looks at it, or it is the mini player, which tells what plays by itself. */
  readonly isWatched: () => boolean;
  readonly onShownChanged: (listener: () => void) => void;
}
