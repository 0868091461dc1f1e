import type { Equaliser, EqualiserBand } from '../../shared/sound-settings.ts';

/** The middles of ten octaves, as ISO 266 rounds them, in hertz. */
export const tenHertz = [31.5, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000] as const;

/** Of a band one octave wide. */
const octaveQ = Math.SQRT2;

/** One gain for each of the ten, in decibels. */
export const presets = {
  flat: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  bass: [6, 5.5, 4, 2, 0.5, 0, 0, 0, 0, 0],
  lessBass: [-6, -5.5, -4, -2, -0.5, 0, 0, 0, 0, 0],
  treble: [0, 0, 0, 0, 0, 0.5, 2, 4, 5.5, 6],
  lessTreble: [0, 0, 0, 0, 0, -0.5, -2, -4, -5.5, -6],
  voice: [-4, -3, -1.5, 0, 2, 3.5, 3.5, 2, 0, -1.5],
  rock: [4, 3, 1.5, 0, -1, -0.5, 1, 2.5, 3.5, 4],
  pop: [-1, 0, 1, 2, 3, 2.5, 1.5, 0.5, 0, -0.5],
  jazz: [3, 2.5, 1, 1.5, -1, -1, 0, 1, 2, 3],
  classical: [2.5, 2, 1.5, 1, 0, 0, 0, 1, 1.5, 2.5],
  electronic: [5, 4, 1.5, 0, -1.5, 1, 0.5, 1, 3.5, 4.5],
  acoustic: [3, 2.5, 1.5, 0.5, 1, 1, 2, 2, 2, 1.5],
  quiet: [6, 5, 3, 1, 0, 0, 0.5, 1.5, 3.5, 5],
  smallSpeakers: [-6, 0, 4, 3, 1, 0, 0, 0.5, 1.5, 2],
} as const satisfies Record<string, readonly number[]>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as PresetName[];

export function tenBands(decibels: readonly number[]): EqualiserBand[] {
  return tenHertz.map((hertz, index) => ({
    kind: 'peak',
    hertz,
    decibels: decibels[index] ?? 0,
    q: octaveQ,
  }));
}

/** What an output has that the listener has set nothing for. */
export const flatEqualiser: Equaliser = {
  on: false,
  preampDecibels: null,
  bands: tenBands(presets.flat),
};

/** Null: it is the listener's own, or came from a text. */
export function presetOf(bands: readonly EqualiserBand[]): PresetName | null {
  return (
    presetNames.find((name) => JSON.stringify(tenBands(presets[name])) === JSON.stringify(bands)) ??
    null
  );
}
