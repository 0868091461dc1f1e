import { z } from 'zod';
import type { Id } from './track.ts';
import type { FilePart } from './track-sound.ts';

/** A track that the window is asked to measure. */
export interface UnmeasuredTrack {
  readonly id: Id;
  /** Of its file, as the library knows it; goes back with the result. */
  readonly modified: number;
  readonly part: FilePart | null;
  /** It plays or comes next: whoever listens sees the outline missing. */
  readonly urgent: boolean;
}

/** A track was measured. No row looks other than before, so lists are not asked for again. */
export interface SoundsChange {
  readonly id: Id;
}

/** What one pass over a track told. `missing`: its file can't be had now, and may be tried again. */
export const Measured = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('measured'),
    /** Integrated; null: silence, or too short to tell. */
    lufs: z.number().min(-100).max(50).nullable(),
    /** The highest true peak, 1 is full scale. */
    peak: z.number().min(0).max(1e6),
    waveform: z.instanceof(Uint8Array).refine(({ length }) => length <= 4096),
  }),
  z.object({ kind: z.literal('undecodable') }),
  z.object({ kind: z.literal('missing') }),
]);
export type Measured = z.infer<typeof Measured>;
