import type { SoundSettings } from '../../shared/sound-settings.ts';
import { useStores } from '../stores.ts';

/** What the listener set, and a function that changes some of it. */
export function useSound(): readonly [SoundSettings, (changes: Partial<SoundSettings>) => void] {
  const sound = useStores('settings', ({ settings }) => settings.sound);
  const change = useStores('settings', (settings) => settings.change);
  return [sound, (changes) => void change({ sound: changes })];
}
