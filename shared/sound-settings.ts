import { z } from 'zod';
import { leastSpeed, mostCrossfadeSeconds, mostSpeed } from './sound-limits.ts';

const Decibels = z.number().min(-30).max(30);

export const EqualiserBand = z.object({
  kind: z.enum(['peak', 'lowShelf', 'highShelf']),
  hertz: z.number().min(10).max(24_000),
  decibels: Decibels,
  q: z.number().min(0.05).max(30),
});
export type EqualiserBand = z.infer<typeof EqualiserBand>;

export const Equaliser = z.object({
  on: z.boolean(),
  /** In front of the bands, so that what they lift has room; null: as much as they need. */
  preampDecibels: Decibels.nullable(),
  bands: z.array(EqualiserBand).max(32),
});
export type Equaliser = z.infer<typeof Equaliser>;

/** As the system names it. */
const SoundOutput = z.object({ id: z.string().max(200), name: z.string().max(200) });
export type SoundOutput = z.infer<typeof SoundOutput>;

/** How the music is sounded. All of it off leaves the samples as they were decoded. */
export const SoundSettings = z.object({
  /** `auto`: the album's where an album plays in its order, else the track's. */
  gainMode: z.enum(['off', 'auto', 'track', 'album']),
  /** On top of the gain that loudness asks for. */
  preampDecibels: z.number().min(-15).max(15),
  crossfadeSeconds: z.number().min(0).max(mostCrossfadeSeconds),
  /** Fade out on pause and in on resume. */
  fadeOnPause: z.boolean(),
  /** 1: as recorded. The pitch stays. */
  speed: z.number().min(leastSpeed).max(mostSpeed),
  /** −1: left only … 1: right only. */
  balance: z.number().min(-1).max(1),
  mono: z.boolean(),
  /** By the output's id. One that is not here has none. */
  equalisers: z.record(z.string().max(200), Equaliser),
  /** The output that the listener chose, used whenever it is there. */
  output: SoundOutput,
  /** How loud the listener had each output, 0 … 1, by its id. */
  volumes: z.record(z.string().max(200), z.number().min(0).max(1)),
  pauseWhenUnplugged: z.boolean(),
});
export type SoundSettings = z.infer<typeof SoundSettings>;
