export interface QuietTimes {
  /** A name is passed on when nothing was said of it for so long … */
  readonly quietMilliseconds: number;
  /** … or at the latest so long after it was first said. */
  readonly longestMilliseconds: number;
}

/** Gathers what is said of again and again, as of a file while it is being copied. */
export interface Quiet<Name> {
  readonly say: (name: Name) => void;
  /** Forgets what was not passed on, and all that is said from now on. */
  readonly close: () => void;
}

export function createQuiet<Name>(
  { quietMilliseconds, longestMilliseconds }: QuietTimes,
  settled: (names: readonly Name[]) => void,
): Quiet<Name> {
  const said = new Map<Name, { readonly first: number; last: number }>();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  function passOn(): void {
    timer = null;
    const now = performance.now();
    const ready = [...said].filter(([, times]) => dueAt(times) <= now).map(([name]) => name);
    for (const name of ready) said.delete(name);
    if (said.size > 0) {
      const next = Math.min(...[...said.values()].map(dueAt));
      timer = setTimeout(passOn, Math.max(1, next - now));
    }
    if (ready.length > 0) settled(ready);
  }

  function dueAt({ first, last }: { readonly first: number; readonly last: number }): number {
    return Math.min(last + quietMilliseconds, first + longestMilliseconds);
  }

  return {
    say(name) {
      // A watch that is being ended still tells of what was on its way.
      if (isClosed) return;
      const now = performance.now();
      const known = said.get(name);
      if (known === undefined) said.set(name, { first: now, last: now });
      else known.last = now;
      timer ??= setTimeout(passOn, quietMilliseconds);
    },
    close() {
      isClosed = true;
      said.clear();
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
