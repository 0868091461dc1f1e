import type { SoundSettings } from './sound-settings.ts';
import { systemOutput } from './sound-limits.ts';

export const defaultSoundSettings: SoundSettings = {
  gainMode: 'auto',
  preampDecibels: 0,
  crossfadeSeconds: 0,
  fadeOnPause: true,
  speed: 1,
  balance: 0,
  mono: false,
  equalisers: {},
  output: { id: systemOutput, name: '' },
  volumes: {},
  pauseWhenUnplugged: true,
};
