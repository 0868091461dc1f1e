// Never louder than the music is a promise: what was not measured is taken for the worst that it may
// be, and an ad is then too quiet rather than too loud.
/** Few recordings are quieter as a whole; most are heard some five to ten LU above. */
const quietMusicLufs = -23;
/** A sine at full scale, in both channels. */
const loudestAdLufs = 0;
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
  const music = finite(musicLufs) ?? quietMusicLufs;
  const loudnessGain = music - (finite(ad.lufs) ?? loudestAdLufs);
  const peakGain = highestPeakDbtp - (finite(ad.dbtp) ?? loudestDbtp);
  return 10 ** (Math.min(0, loudnessGain, peakGain) / 20);
}

/** What ears can't tell apart, in LU. */
const toleranceLu = 0.5;

/** Whether an ad of this loudness, heard at this gain, was louder than the music before it. */
export function isLouder(adLufs: number | null, gain: number, musicLufs: number | null): boolean {
  if (adLufs === null || musicLufs === null) return false;
  return adLufs + 20 * Math.log10(gain) > musicLufs + toleranceLu;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
