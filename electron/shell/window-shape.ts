import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, screen } from 'electron';
import type { Bounds } from './window-bounds.ts';
import { fittingBounds, miniPlace, miniSize, smallestSize, wholeSize } from './window-bounds.ts';

/** How the window was when it was closed last. */
export interface SavedShape {
  /** Null: never open before. */
  readonly whole: Bounds | null;
  readonly isMaximized: boolean;
  readonly mini: { readonly x: number; readonly y: number } | null;
}

/** The window's size and place, as the whole player and as the mini player. */
export interface WindowShape {
  readonly isMini: () => boolean;
  /** From the whole player to the mini player, always on top, and back. */
  readonly toggleMini: () => void;
  /** Writes what is not written yet. */
  readonly save: () => void;
}

const mostBytes = 4096;
const restMilliseconds = 800;

/** Never throws: where there is nothing to be read the window opens as on the first day. */
export function readShape(file: string): SavedShape {
  const nothing: SavedShape = { whole: null, isMaximized: false, mini: null };
  try {
    if (statSync(file).size > mostBytes) return nothing;
    const { whole, isMaximized, mini } = JSON.parse(readFileSync(file, 'utf8')) as Partial<
      Record<keyof SavedShape, unknown>
    >;
    return {
      whole: isPlace(whole) && isSize(whole) ? whole : null,
      isMaximized: isMaximized === true,
      mini: isPlace(mini) ? { x: mini.x, y: mini.y } : null,
    };
  } catch {
    return nothing;
  }
}

/** What a window is opened with, so that it comes up where it was. */
export function openingBounds({ whole }: SavedShape): Partial<Bounds> {
  return whole === null ? wholeSize : fittingBounds(whole, freeSpaces());
}

/** Remembers in the file what becomes of the window. */
export function followShape(window: BrowserWindow, file: string, saved: SavedShape): WindowShape {
  let whole = saved.whole ?? window.getNormalBounds();
  let { isMaximized, mini } = saved;
  let isMini = false;
  let timer: NodeJS.Timeout | null = null;

  function noticed(): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, restMilliseconds);
  }

  function remember(): void {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    if (isMini) {
      const [x = 0, y = 0] = window.getPosition();
      mini = { x, y };
    } else {
      isMaximized = window.isMaximized();
      whole = window.getNormalBounds();
    }
  }

  function save(): void {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    remember();
    try {
      // A file that a crash leaves half written would only cost the window its place.
      writeFileSync(`${file}.new`, JSON.stringify({ whole, isMaximized, mini }));
      renameSync(`${file}.new`, file);
    } catch {
      // A full disk must not keep the window from being moved.
    }
  }

  function enterMini(): void {
    remember();
    isMini = true;
    if (window.isMaximized()) window.unmaximize();
    window.setMinimumSize(miniSize.width, miniSize.height);
    window.setContentSize(miniSize.width, miniSize.height);
    const { x, y } = miniPlace(mini, freeSpaces(window));
    window.setPosition(x, y);
    window.setAlwaysOnTop(true, 'floating');
  }

  function leaveMini(): void {
    remember();
    isMini = false;
    window.setAlwaysOnTop(false);
    window.setMinimumSize(smallestSize.width, smallestSize.height);
    window.setBounds(fittingBounds(whole, freeSpaces()));
    if (isMaximized) window.maximize();
  }

  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
    // Each has its own signature, and none of them matters here.
    (window as NodeJS.EventEmitter).on(event, noticed);
  }
  window.on('close', save);
  if (isMaximized) window.maximize();

  return {
    isMini: () => isMini,
    toggleMini() {
      noticed();
      if (isMini) leaveMini();
      else if (window.isFullScreen()) {
        window.once('leave-full-screen', enterMini);
        window.setFullScreen(false);
      } else enterMini();
    },
    save,
  };
}

/** The display that the window is on first, else the main one. */
function freeSpaces(window?: BrowserWindow): [Bounds, ...Bounds[]] {
  const first =
    window === undefined
      ? screen.getPrimaryDisplay()
      : screen.getDisplayMatching(window.getBounds());
  const others = screen.getAllDisplays().filter(({ id }) => id !== first.id);
  return [first.workArea, ...others.map(({ workArea }) => workArea)];
}

function isPlace(value: unknown): value is { readonly x: number; readonly y: number } {
  return hasNumbers(value, ['x', 'y']);
}

function isSize(value: object): value is Bounds {
  return hasNumbers(value, ['width', 'height']);
}

function hasNumbers(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return names.every((name) => {
    const number: unknown = fields.get(name);
    return Number.isInteger(number) && Math.abs(number as number) < 100_000;
  });
}
