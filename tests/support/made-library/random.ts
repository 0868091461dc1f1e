/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** From 0, under 1. */
  readonly part: () => number;
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** `count` items; one may come twice. */
  readonly several: <Item>(items: readonly Item[], count: number) => Item[];
  readonly hex: (digits: number) => string;
}

export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e37_79b1) | 1;

  function part(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (Math.imul(state, 0x2c1b_3c6d) >>> 0) / 2 ** 32;
  }

  function pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(part() * items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from');
    return item;
  }

  function whole(from: number, to: number): number {
    return from + Math.floor(part() * (to - from + 1));
  }

  return {
    part,
    pick,
    whole,
    chance: (probability) => part() < probability,
    several: (items, count) => Array.from({ length: count }, () => pick(items)),
    hex: (digits) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join(''),
  };
}
