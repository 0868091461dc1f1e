/**
 * The gain for a place of the volume slider. Loudness is heard by ratios: the cube spreads 0 … 1
 * over about 60 dB, with half of the slider near −18 dB, as sound servers do it.
 */
export function volumeGain(volume: number, muted: boolean): number {
  return muted ? 0 : volume ** 3;
}
