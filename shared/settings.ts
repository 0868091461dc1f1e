import { z } from 'zod';
import { defaultSoundSettings } from './default-sound.ts';
import { MetricsLevel } from './metrics.ts';
import { SoundSettings } from './sound-settings.ts';
import { TrackSort } from './track.ts';

/** What the listener sets. */
export const Settings = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  /** Sort of each track list, by the list's name ("songs", "liked", …). */
  sorts: z.record(z.string().max(40), TrackSort),
  panel: z.enum(['none', 'queue', 'now-playing']),
  firstRunDone: z.boolean(),
  /** Tell of a new track while the window is not in front. */
  notifications: z.boolean(),
  tray: z.boolean(),
  /** Closing the window puts it away, and the music goes on. */
  keepPlaying: z.boolean(),
  /** What may leave this machine of what Refrain notes. */
  metricsLevel: MetricsLevel,
  sound: SoundSettings,
});
export type Settings = z.infer<typeof Settings>;

/** An older file lacks newer fields; each takes its default then. */
export const defaultSettings: Settings = {
  theme: 'system',
  sorts: {},
  panel: 'none',
  firstRunDone: false,
  notifications: true,
  tray: true,
  keepPlaying: false,
  metricsLevel: 0,
  sound: defaultSoundSettings,
};

/** Of `sound` only what is to change. */
export const SettingsPatch = Settings.extend({ sound: SoundSettings.partial() }).partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
