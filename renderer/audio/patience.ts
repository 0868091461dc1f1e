export interface Patience {
  /** Say it whenever it may have changed. */
  readonly waiting: (waits: boolean) => void;
}

/** Calls `lost` when waiting has gone on without a break for so long. */
export function createPatience(milliseconds: number, lost: () => void): Patience {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    waiting: (waits) => {
      if (waits) {
        timer ??= setTimeout(() => {
          timer = null;
          lost();
        }, milliseconds);
      } else if (timer !== null) {
        clearTimeout(timer);
        timer = null;
      }
    },
  };
}
