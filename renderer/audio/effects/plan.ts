import { automaticPreamp, isPlainShelf } from '../../../shared/equaliser-curve.ts';
import type { EqualiserBand, SoundSettings } from '../../../shared/sound-settings.ts';

/** What the effects are to do, beside what the listener set. */
export interface Circumstances {
  /** Of the output that sounds: each has an equaliser of its own. */
  readonly outputId: string;
  /** Something in front of the effects lifts the sound over what was decoded. */
  readonly mayExceed: boolean;
}

/** What stands between the decks and the volume; null and false: it is not there. */
export interface Plan {
  readonly equaliser: EqualiserPlan | null;
  readonly stereo: StereoPlan | null;
  readonly limits: boolean;
}

export interface EqualiserPlan {
  readonly preampDecibels: number;
  readonly bands: readonly EqualiserBand[];
}

/** How much of each source channel each ear gets. */
export interface StereoPlan {
  readonly leftToLeft: number;
  readonly rightToLeft: number;
  readonly leftToRight: number;
  readonly rightToRight: number;
}

export const nothing: Plan = { equaliser: null, stereo: null, limits: false };

export function planOf(
  settings: SoundSettings,
  { outputId, mayExceed }: Circumstances,
  sampleRate: number,
): Plan {
  const equaliser = equaliserPlan(settings, outputId, sampleRate);
  // A curve's preamp holds for steady tones; what the filters make of a beat may be higher.
  return { equaliser, stereo: stereoPlan(settings), limits: mayExceed || equaliser !== null };
}

/** Plans of one shape need the same nodes, set otherwise. */
export function shapeOf({ equaliser, stereo, limits }: Plan): string {
  const bands = equaliser?.bands.map((band) => (isPlain(band) ? band.kind : JSON.stringify(band)));
  return JSON.stringify([bands ?? null, stereo !== null, limits]);
}

/** The browser's own filters can be it: those of shelves have one steepness only. */
export function isPlain(band: EqualiserBand): boolean {
  return band.kind === 'peak' || isPlainShelf(band);
}

function equaliserPlan(
  { equalisers }: SoundSettings,
  outputId: string,
  sampleRate: number,
): EqualiserPlan | null {
  const equaliser = equalisers[outputId];
  if (equaliser?.on !== true) return null;
  const bands = equaliser.bands.filter(({ hertz }) => hertz < sampleRate / 2);
  const preampDecibels = equaliser.preampDecibels ?? automaticPreamp(bands, sampleRate);
  const isFlat = preampDecibels === 0 && bands.every(({ decibels }) => decibels === 0);
  return isFlat ? null : { preampDecibels, bands };
}

function stereoPlan({ balance, mono }: SoundSettings): StereoPlan | null {
  if (balance === 0 && !mono) return null;
  const left = Math.min(1, 1 - balance);
  const right = Math.min(1, 1 + balance);
  const [own, other] = mono ? [0.5, 0.5] : [1, 0];
  return {
    leftToLeft: left * own,
    rightToLeft: left * other,
    leftToRight: right * other,
    rightToRight: right * own,
  };
}
