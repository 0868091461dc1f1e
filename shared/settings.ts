import { z } from 'zod';
import { TrackSort } from './track.ts';

/** What the listener sets. */
export const Settings = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  /** Sort of each track list, by the list's name ("songs", "liked", …). */
  sorts: z.record(z.string().max(40), TrackSort),
  panel: z.enum(['none', 'queue', 'now-playing']),
  firstRunDone: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** An older file lacks newer fields; each takes its default then. */
export const defaultSettings: Settings = {
  theme: 'system',
  sorts: {},
  panel: 'none',
  firstRunDone: false,
};

export const SettingsPatch = Settings.partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
