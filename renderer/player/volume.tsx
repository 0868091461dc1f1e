import { Volume1, Volume2, VolumeX } from 'lucide-react';
import type { WheelEvent } from 'react';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { Slider } from '../ui/slider.tsx';

const keyStepPercent = 5;
/** One notch of a wheel, as Chromium tells it, in pixels. */
const wheelNotch = 100;

export function Volume() {
  const { player } = useWords();
  const volume = useStores('session', ({ view }) => view.volume);
  const muted = useStores('session', ({ view }) => view.muted);
  const setVolume = useStores('session', (session) => session.setVolume);
  const toggleMuted = useStores('session', (session) => session.toggleMuted);
  const percent = muted ? 0 : Math.round(volume * 100);

  function turnByWheel({ deltaY }: WheelEvent): void {
    // A touchpad sends many small turns, a wheel few large ones.
    const turned = Math.max(-1, Math.min(1, -deltaY / wheelNotch)) * keyStepPercent;
    const next = Math.max(0, Math.min(100, (muted ? 0 : volume * 100) + turned));
    if (next !== volume * 100) void setVolume(next / 100);
  }
  return (
    <div className="volume" onWheel={turnByWheel}>
      <IconButton
        label={muted ? player.unmute : player.mute}
        icon={percent === 0 ? VolumeX : percent < 50 ? Volume1 : Volume2}
        onPress={() => void toggleMuted()}
      />
      <Slider
        className="volume-slider"
        label={player.volume}
        value={percent}
        maximum={100}
        keyStep={keyStepPercent}
        describe={player.volumePercent}
        onChange={(moved) => void setVolume(moved / 100)}
      />
    </div>
  );
}
