import fc from 'fast-check';

/** Places in which things happen to come, for `shuffle`. */
export const ranks = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 40 });

export function shuffle<Item>(items: readonly Item[], places: readonly number[]): Item[] {
  return items
    .map((item, index) => ({ item, place: places[index % places.length] ?? 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
