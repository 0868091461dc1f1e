import type { Outputs } from './outputs.ts';

/** Brings the sound back when its context died: not before there is something to play on. */
export interface Revival {
  /** Call when the context died. */
  readonly begin: () => void;
  /** Nothing can sound at present. */
  readonly isUnderWay: () => boolean;
}

export interface RevivalOptions {
  readonly outputs: Pick<Outputs, 'look'>;
  /**
   * Restarts the system's side of the sound: after its server went away and came back, Chromium
   * finds no output any more until then.
   */
  readonly restart: () => Promise<void>;
  /** Called once for each `begin`, when a new context may be made. */
  readonly revive: () => void;
}

const betweenLooksMilliseconds = 700;
/** A machine without any output still has a clock to play by. */
const mostLooks = 20;
/** The list of outputs may itself never come. */
const longestLookMilliseconds = 1000;

export function createRevival({ outputs, restart, revive }: RevivalOptions): Revival {
  let underWay = false;
  let lastRevival = -Infinity;

  async function bringBack(): Promise<void> {
    // One that dies at once is not tried in a circle.
    if (performance.now() - lastRevival < betweenLooksMilliseconds) {
      await pause(betweenLooksMilliseconds);
    }
    for (let looks = 1; looks <= mostLooks; looks += 1) {
      const found = await Promise.race([outputs.look(), pause(longestLookMilliseconds)]);
      if (found !== undefined && found.length > 0) return;
      await restart();
      await pause(betweenLooksMilliseconds);
    }
  }

  return {
    begin: () => {
      if (underWay) return;
      underWay = true;
      void bringBack()
        .catch(() => undefined)
        .then(() => {
          underWay = false;
          lastRevival = performance.now();
          revive();
        });
    },
    isUnderWay: () => underWay,
  };
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
