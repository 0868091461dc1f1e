/** Seeded numbers, so that every render gives the same samples. */

/** Mulberry32: returns a function that gives the next number in [0, 1). */
export function createRandom(seed) {
  let state = seed >>> 0;
  return function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Roughly normal, mean 0, deviation 1, never beyond ±3: a player's unevenness has no outliers. */
export function unevenness(random) {
  let sum = 0;
  for (let draw = 0; draw < 6; draw += 1) sum += random();
  return Math.max(-3, Math.min(3, (sum - 3) * Math.SQRT2));
}

export function pick(random, choices) {
  return choices[Math.floor(random() * choices.length)];
}
