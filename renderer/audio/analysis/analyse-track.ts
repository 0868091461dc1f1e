import type { Piece } from '../decode/file-part.ts';
import type { LoudnessMeter } from '../loudness/loudness-meter.ts';
import { createLoudnessMeter } from '../loudness/loudness-meter.ts';
import type { TruePeakMeter } from '../loudness/true-peak.ts';
import { createTruePeakMeter } from '../loudness/true-peak.ts';
import { createWaveformMaker } from './waveform.ts';

/** What one pass over a track's sound tells. */
export interface Analysis {
  /** Integrated; null: silence, or too short to tell. */
  readonly lufs: number | null;
  /** The highest true peak, 1 is full scale. */
  readonly peak: number;
  readonly waveform: Uint8Array<ArrayBuffer>;
  /** False: it broke off, and was measured up to there. */
  readonly whole: boolean;
}

/** @throws what `pieces` throws before anything came; Error when nothing did */
export async function analyseTrack(pieces: AsyncIterable<Piece>): Promise<Analysis> {
  const waveform = createWaveformMaker();
  let loudness: LoudnessMeter | null = null;
  let truePeak: TruePeakMeter | null = null;
  let whole = true;
  try {
    for await (const { planes, rate } of pieces) {
      loudness ??= createLoudnessMeter(rate, planes.length);
      truePeak ??= createTruePeakMeter(rate, planes.length);
      loudness.push(planes);
      truePeak.push(planes);
      waveform.push(planes);
    }
  } catch (error) {
    if (loudness === null) throw error;
    whole = false;
  }
  if (loudness === null || truePeak === null) throw new Error('The file holds no sound.');
  const lufs = loudness.integrated();
  return { lufs, peak: truePeak.peak(), waveform: waveform.finish(), whole };
}
