import { countFrom } from './positions.ts';

/** Every whole number below `size` once, in random order; `first`, unless null, at the head. */
export function shuffledFrom(
  size: number,
  first: number | null,
  random: () => number,
): Uint32Array {
  const order = countFrom(0, size);
  if (first !== null) swap(order, 0, first);
  mix(order, first === null ? 0 : 1, random);
  return order;
}

/** A new round over what `last` holds. Its first is not the one just heard, where there is a choice. */
export function drawRound(last: Uint32Array, random: () => number): Uint32Array {
  const order = last.slice();
  mix(order, 0, random);
  if (order.length > 1 && order[0] === last.at(-1)) {
    swap(order, 0, 1 + Math.floor(random() * (order.length - 1)));
  }
  return order;
}

/** Fisher and Yates, from place `from` on. */
function mix(order: Uint32Array, from: number, random: () => number): void {
  for (let place = order.length - 1; place > from; place -= 1) {
    swap(order, place, from + Math.floor(random() * (place - from + 1)));
  }
}

function swap(order: Uint32Array, one: number, other: number): void {
  const held = order[one] ?? 0;
  order[one] = order[other] ?? 0;
  order[other] = held;
}
