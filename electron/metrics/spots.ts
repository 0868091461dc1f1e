import type { Note } from './recorder.ts';

interface SpotHappening {
  readonly kind: string;
  readonly heardSeconds?: number;
}

/** Of spots that began to sound: the last ones, since each ends soon. */
const mostBegun = 10;

const endings: ReadonlyMap<string, 'complete' | 'skipped' | 'failed' | 'stopped'> = new Map([
  ['complete', 'complete'],
  ['skip', 'skipped'],
  ['error', 'failed'],
  ['closeLinear', 'stopped'],
]);

/** Notes how ads are heard. @returns what is to be told each event of each spot, in order */
export function createSpotNotes(
  note: Note,
): (spot: { readonly id: string }, event: SpotHappening) => void {
  let begun: ReadonlyMap<string, number> = new Map();
  return ({ id }, { kind, heardSeconds }) => {
    if (kind === 'impression') {
      note('spot.began', {});
      begun = new Map([...begun, [id, 0] as const].slice(-mostBegun));
    }
    const known = begun.get(id);
    // One that never sounded is no ad heard.
    if (known === undefined) return;
    const seconds = heardSeconds ?? known;
    const how = endings.get(kind);
    if (how === undefined) {
      begun = new Map([...begun, [id, seconds] as const]);
      return;
    }
    note('spot.ended', { how, heardSeconds: Math.round(seconds * 10) / 10 });
    begun = new Map([...begun].filter(([other]) => other !== id));
  };
}
