import { z } from 'zod';
import { RefrainError } from '../../shared/errors.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { defaultSoundSettings } from '../../shared/default-sound.ts';
import { Settings, defaultSettings } from '../../shared/settings.ts';
import { SoundSettings } from '../../shared/sound-settings.ts';
import type { StartProblem } from '../../shared/start.ts';
import { openAtomicFile } from '../atomic-file.ts';

/** The listener's settings, kept in one file. */
export interface SettingsStore {
  /**
   * Reads the file; may be called again after a problem. Until it has answered null, `get` gives
   * the defaults and nothing is written.
   */
  readonly load: () => Promise<StartProblem | null>;
  readonly get: () => Settings;
  /** @throws RefrainError `damaged` while the file can't be read and has not been set aside */
  readonly change: (patch: SettingsPatch) => Promise<Settings>;
  /** Keeps the damaged file under another name and begins with the defaults. */
  readonly setAside: () => Promise<void>;
  /** @returns a function that ends the listening */
  readonly onChanged: (listener: (settings: Settings) => void) => () => void;
  /** Resolves when what was changed is on the disk; to be awaited before quitting. */
  readonly settled: () => Promise<void>;
}

const mostBytes = 1_000_000;

/** Fields of a newer version pass through, so that going back to it loses nothing. */
const StoredSettings = Settings.extend({ sound: SoundSettings.partial().catchall(z.unknown()) })
  .partial()
  .catchall(z.unknown());
type StoredSettings = z.infer<typeof StoredSettings>;

export function createSettings(path: string, now: () => number): SettingsStore {
  const file = openAtomicFile(path, StoredSettings, mostBytes);
  const listeners = new Set<(settings: Settings) => void>();
  let stored: StoredSettings | null = null;
  let settings = defaultSettings;

  function take(next: StoredSettings): void {
    stored = next;
    const sound = { ...defaultSoundSettings, ...next.sound };
    settings = Settings.parse({ ...defaultSettings, ...withoutUndefined(next), sound });
  }

  return {
    async load() {
      const content = await file.read();
      if (content.kind === 'damaged') return { kind: 'settings_damaged', file: path };
      take(content.kind === 'read' ? content.value : {});
      return null;
    },
    get: () => settings,
    async change(patch) {
      if (stored === null) throw new RefrainError('damaged', 'The settings file is damaged');
      const { sound, ...others } = patch;
      const fields = { ...stored, ...withoutUndefined(others) };
      if (sound === undefined) take(fields);
      else take({ ...fields, sound: { ...stored.sound, ...withoutUndefined(sound) } });
      const changed = settings;
      for (const listener of listeners) listener(changed);
      await file.write(stored);
      return changed;
    },
    async setAside() {
      await file.setAside(now());
      take({});
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: file.settled,
  };
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
