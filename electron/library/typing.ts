import { setTimeout as wait } from 'node:timers/promises';

/** Lets work in the background step back while a listener types a search and sees what it finds. */
export interface Typing {
  /** A search was asked for. */
  readonly typed: () => void;
  readonly goesOn: () => boolean;
  /** Resolves when nothing was typed for a moment. */
  readonly paused: () => Promise<void>;
}

/** As long as a slow typist takes from one letter to the next. */
const momentMilliseconds = 400;

export function createTyping(): Typing {
  let typedAt = -Infinity;

  function restOfMoment(): number {
    return typedAt + momentMilliseconds - performance.now();
  }

  return {
    typed() {
      typedAt = performance.now();
    },
    goesOn: () => restOfMoment() > 0,
    async paused() {
      for (let rest = restOfMoment(); rest > 0; rest = restOfMoment()) await wait(rest);
    },
  };
}
