/** ReplayGain 2's reference, near to where most music is heard. */
const defaultMusicLufs = -18;
/** An ad that nobody measured is taken for as loud as ads get, so that it is never too loud. */
const loudestLufs = -9;
const loudestDbtp = 0;
const highestPeakDbtp = -1;

export interface Loudness {
  /** Integrated loudness by ITU-R BS.1770; null: not measured. */
  readonly lufs: number | null;
  /** True peak in dB of full scale; null: not measured. */
  readonly dbtp: number | null;
}

/**
 * The linear gain, ≤ 1, at which an ad is no louder than the music before it and peaks at −1 dBTP
 * at most.
 */
export function spotGain(ad: Loudness, musicLufs: number | null): number {
  const music = finite(musicLufs) ?? defaultMusicLufs;
  const loudnessGain = music - (finite(ad.lufs) ?? loudestLufs);
  const peakGain = highestPeakDbtp - (finite(ad.dbtp) ?? loudestDbtp);
  return 10 ** (Math.min(0, loudnessGain, peakGain) / 20);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
