import { Play, Shuffle } from 'lucide-react';
import type { TrackList } from '../../shared/track.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';

/** Plays a list from its beginning, or all of it in any order. */
export function PlayButtons({
  tracks,
  disabled = false,
}: {
  readonly tracks: TrackList;
  readonly disabled?: boolean;
}) {
  const words = useWords();
  const play = useStores('session', (session) => session.play);
  return (
    <>
      <Button
        look="filled"
        icon={Play}
        disabled={disabled}
        onPress={() => void play(tracks, 0, { shuffle: false })}
      >
        {words.tracks.play}
      </Button>
      <Button
        icon={Shuffle}
        disabled={disabled}
        onPress={() => void play(tracks, null, { shuffle: true })}
      >
        {words.library.shuffle}
      </Button>
    </>
  );
}
