import type { EqualiserBand } from './sound-settings.ts';

/** A filter of second order: b0 … b2 over 1, a1, a2. */
export interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number, number];
}

/** Half an octave below and above the ten octaves that equalisers have by custom. */
const lowestHertz = 31.5 / Math.SQRT2;
const highestHertz = 16_000 * Math.SQRT2;

const curvePoints = 240;

/**
 * A band's filter, as Robert Bristow-Johnson's "Audio EQ Cookbook" has it, which is what Web Audio
 * follows too. Null: it lies where this rate can't carry sound.
 * @see https://www.w3.org/TR/audio-eq-cookbook/
 */
export function biquadOf(band: EqualiserBand, sampleRate: number): Biquad | null {
  if (band.hertz >= sampleRate / 2) return null;
  const angle = (2 * Math.PI * band.hertz) / sampleRate;
  const cosine = Math.cos(angle);
  const alpha = Math.sin(angle) / (2 * band.q);
  const gain = 10 ** (band.decibels / 40);
  if (band.kind === 'peak') {
    return normalised(
      [1 + alpha * gain, -2 * cosine, 1 - alpha * gain],
      [1 + alpha / gain, -2 * cosine, 1 - alpha / gain],
    );
  }
  // The high shelf is the low one mirrored at half of the band.
  const side = band.kind === 'lowShelf' ? 1 : -1;
  const root = 2 * Math.sqrt(gain) * alpha;
  const [sum, difference] = [gain + 1, gain - 1];
  return normalised(
    [
      gain * (sum - side * difference * cosine + root),
      side * 2 * gain * (difference - side * sum * cosine),
      gain * (sum - side * difference * cosine - root),
    ],
    [
      sum + side * difference * cosine + root,
      side * -2 * (difference + side * sum * cosine),
      sum + side * difference * cosine - root,
    ],
  );
}

/** What Web Audio's own shelves are like: as steep as can be without a bump. */
export const plainShelfQ = Math.SQRT1_2;

export function isPlainShelf({ kind, q }: EqualiserBand): boolean {
  return kind !== 'peak' && Math.abs(q - plainShelfQ) < 0.015;
}

/** What the bands make together of a tone of so many hertz, in decibels. */
export function createCurve(
  bands: readonly EqualiserBand[],
  sampleRate: number,
): (hertz: number) => number {
  const filters = bands
    .map((band) => biquadOf(band, sampleRate))
    .filter((filter) => filter !== null);
  return (hertz) => {
    const angle = (2 * Math.PI * hertz) / sampleRate;
    return filters.reduce((sum, { a, b }) => {
      return sum + 10 * Math.log10(power(b, angle) / power(a, angle));
    }, 0);
  };
}

/** Evenly spaced for the ear, from the lowest tone to the highest. */
export const curveHertz: readonly number[] = Array.from(
  { length: curvePoints },
  (_, point) => lowestHertz * (highestHertz / lowestHertz) ** (point / (curvePoints - 1)),
);

/** So much is the sound to be lowered, in decibels, that no tone gets louder than it was. */
export function automaticPreamp(bands: readonly EqualiserBand[], sampleRate: number): number {
  // Below hearing too: it takes room all the same.
  const tones = [0, ...curveHertz, ...bands.map(({ hertz }) => hertz)];
  const highest = Math.max(0, ...tones.map(createCurve(bands, sampleRate)));
  return highest === 0 ? 0 : -highest;
}

/** Of c0 + c1·z⁻¹ + c2·z⁻² on the unit circle. */
function power([c0, c1, c2]: Biquad['a'], angle: number): number {
  const real = c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle);
  const imaginary = c1 * Math.sin(angle) + c2 * Math.sin(2 * angle);
  return real * real + imaginary * imaginary;
}

function normalised([b0, b1, b2]: Biquad['b'], [a0, a1, a2]: Biquad['a']): Biquad {
  return { b: [b0 / a0, b1 / a0, b2 / a0], a: [1, a1 / a0, a2 / a0] };
}
