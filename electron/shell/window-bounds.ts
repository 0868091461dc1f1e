/** In the pixels that the system counts windows in. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const wholeSize = { width: 1280, height: 800 } as const;
export const smallestSize = { width: 720, height: 480 } as const;
/** Of the mini player's content; the page shows it in a window that is as low as this. */
export const miniSize = { width: 380, height: 172 } as const;

/** So much of a window has to be on a display for it to be seen and taken hold of. */
const leastSeen = 80;
const miniMargin = 16;

/**
 * Where a window goes that had these bounds when it was closed: a display may be gone or smaller.
 * @param displays what is free on each for windows, the main one first; at least one
 */
export function fittingBounds(saved: Bounds, displays: readonly [Bounds, ...Bounds[]]): Bounds {
  const [main] = displays;
  const sized = displays.map((display) => sizedFor(saved, display));
  const seen = sized.find((bounds, index) => canBeSeen(bounds, displays[index] ?? main));
  if (seen !== undefined) return seen;
  const { width, height } = sizedFor(saved, main);
  const x = Math.round(main.x + (main.width - width) / 2);
  const y = Math.round(main.y + (main.height - height) / 2);
  return { x, y, width, height };
}

/** The mini player's corner, or the place it was moved to if that can be seen. */
export function miniPlace(
  saved: { readonly x: number; readonly y: number } | null,
  displays: readonly [Bounds, ...Bounds[]],
): { readonly x: number; readonly y: number } {
  const [room] = displays;
  if (saved !== null) {
    const bounds = { ...saved, ...miniSize };
    if (displays.some((display) => canBeSeen(bounds, display))) return saved;
  }
  return {
    x: room.x + room.width - miniSize.width - miniMargin,
    y: room.y + room.height - miniSize.height - miniMargin,
  };
}

function sizedFor(saved: Bounds, room: Bounds): Bounds {
  return {
    ...saved,
    width: between(smallestSize.width, saved.width, room.width),
    height: between(smallestSize.height, saved.height, room.height),
  };
}

/** Its upper edge, by which it is moved, has to be on the display. */
function canBeSeen(window: Bounds, display: Bounds): boolean {
  const left = Math.max(window.x, display.x);
  const right = Math.min(window.x + window.width, display.x + display.width);
  const isWideEnough = right - left >= leastSeen;
  return (
    isWideEnough && window.y >= display.y && window.y <= display.y + display.height - leastSeen
  );
}

/** What is free may be less than the smallest; then that wins. */
function between(least: number, wanted: number, most: number): number {
  return Math.max(least, Math.min(wanted, most));
}
