import { z } from 'zod';
import { RepeatMode } from '../../shared/session.ts';

const Seconds = z.number().min(0).max(1e9);

/** The light part of a saved session, written about once a second while music plays. */
export const SavedPlace = z.object({
  /** Place in the play order; its length when the queue had ended. */
  place: z.int().min(0),
  /** False: nothing was loaded at that place. */
  loaded: z.boolean(),
  positionSeconds: Seconds,
  volume: z.number().min(0).max(1),
  muted: z.boolean(),
  repeat: RepeatMode,
  /** What repeat falls back to when repeating a track is allowed no more. */
  repeatBefore: z.enum(['off', 'all']),
  audibleSeconds: Seconds,
  /** Spots of the last hour: when they ended (wall clock, ms) and how long they were heard. */
  spots: z.array(z.object({ at: z.number(), seconds: Seconds })).max(1000),
});
export type SavedPlace = z.infer<typeof SavedPlace>;
