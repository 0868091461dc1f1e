import type { StoreApi } from 'zustand/vanilla';
import type { SoundOutput, SoundSettings } from '../../shared/sound-settings.ts';
import type { SessionStore } from './session-store.ts';

interface SettingsDoor {
  readonly settings: { readonly sound: SoundSettings };
  readonly change: (patch: { sound: { volumes: SoundSettings['volumes'] } }) => Promise<void>;
}

/** Keeps a volume for each output: call when the sound goes from one to another. */
export async function moveVolume(
  from: SoundOutput,
  to: SoundOutput,
  session: StoreApi<SessionStore>,
  settings: StoreApi<SettingsDoor>,
): Promise<void> {
  if (from.id === to.id) return;
  const { view, setVolume } = session.getState();
  const { settings: known, change } = settings.getState();
  const { volumes } = known.sound;
  // Muted it stays, wherever it sounds: setting a volume would end that.
  const wanted = view.muted ? undefined : volumes[to.id];
  if (wanted !== undefined) await setVolume(wanted);
  await change({ sound: { volumes: { ...volumes, [from.id]: view.volume } } });
}
