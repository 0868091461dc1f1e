import { setImmediate } from 'node:timers/promises';

const digits = 2 ** 16;
/** In one turn of the event loop, some milliseconds. */
const atOnce = 100_000;

/**
 * The ids in the order of their keys, those with the same key as they stand. A radix sort: it takes
 * a tenth of the time that SQLite needs, in slices between which others have their turn.
 * @param keys whole numbers below 2 ** 53 apart, one for each id
 */
export async function sortByKey(ids: Uint32Array, keys: Float64Array): Promise<Uint32Array> {
  let lowest = Infinity;
  let highest = -Infinity;
  await inSlices(keys.length, (at) => {
    const key = keys[at] ?? 0;
    if (key < lowest) lowest = key;
    if (key > highest) highest = key;
  });
  const digitsOf = new Uint16Array(ids.length);
  // Places instead of ids, since every pass needs the keys of what the last one moved.
  let places = new Uint32Array(ids.length);
  let ordered = new Uint32Array(ids.length);
  await inSlices(ids.length, (at) => (places[at] = at));
  for (let unit = 1; unit <= highest - lowest; unit *= digits) {
    const starts = new Uint32Array(digits + 1);
    await inSlices(ids.length, (at) => {
      const digit = Math.floor(((keys[places[at] ?? 0] ?? 0) - lowest) / unit) % digits;
      digitsOf[at] = digit;
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    });
    for (let digit = 1; digit <= digits; digit += 1) {
      starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
    }
    await inSlices(ids.length, (at) => {
      const digit = digitsOf[at] ?? 0;
      const to = starts[digit] ?? 0;
      ordered[to] = places[at] ?? 0;
      starts[digit] = to + 1;
    });
    [places, ordered] = [ordered, places];
  }
  await inSlices(ids.length, (at) => (ordered[at] = ids[places[at] ?? 0] ?? 0));
  return ordered;
}

async function inSlices(count: number, work: (at: number) => void): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    const to = Math.min(count, from + atOnce);
    for (let at = from; at < to; at += 1) work(at);
    await setImmediate();
  }
}
