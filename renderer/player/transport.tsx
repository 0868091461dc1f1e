import { Pause, Play, Shuffle, SkipBack, SkipForward } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { RepeatButton } from './repeat-button.tsx';

/** The five buttons. What a break or the tier forbids is main's to say. */
export function Transport() {
  const { player } = useWords();
  const view = useStores('session', (session) => session.view);
  const session = useStores(
    'session',
    useShallow(({ togglePlay, next, previous, toggleShuffle }) => ({
      togglePlay,
      next,
      previous,
      toggleShuffle,
    })),
  );
  const isPlaying = view.status === 'playing';
  return (
    <div className="transport">
      <IconButton
        label={player.shuffle}
        icon={Shuffle}
        iconSize={16}
        pressed={view.shuffle}
        onPress={() => void session.toggleShuffle()}
      />
      <IconButton
        label={player.previous}
        icon={SkipBack}
        filled
        disabled={!view.canPrevious}
        onPress={() => void session.previous()}
      />
      <IconButton
        label={isPlaying ? player.pause : player.play}
        icon={isPlaying ? Pause : Play}
        size="large"
        filled
        className="transport-play"
        disabled={!view.canPlay}
        onPress={() => void session.togglePlay()}
      />
      <IconButton
        label={player.next}
        icon={SkipForward}
        filled
        disabled={!view.canNext}
        onPress={() => void session.next()}
      />
      <RepeatButton />
    </div>
  );
}
