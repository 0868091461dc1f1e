import { useState } from 'react';
import { useStores, useWords } from '../stores.ts';
import { clockText } from '../ui/clock-text.ts';
import { Slider } from '../ui/slider.tsx';

const keyStepSeconds = 5;

/** Elapsed and total with the slider between them; during a spot it shows, and does not seek. */
export function SeekBar() {
  const { player } = useWords();
  const position = useStores('session', ({ positionSeconds }) => positionSeconds);
  const view = useStores('session', (session) => session.view);
  const seek = useStores('session', (session) => session.seek);
  const [draggedTo, setDraggedTo] = useState<number | null>(null);
  const total = view.adBreak?.seconds ?? view.now?.track.seconds ?? 0;
  const shown = Math.min(draggedTo ?? position, total);

  return (
    <div className="seek tabular">
      <span className="seek-elapsed">{clockText(shown)}</span>
      <Slider
        label={player.seek}
        value={shown}
        maximum={Math.max(total, 1)}
        keyStep={keyStepSeconds}
        disabled={view.now === null || view.adBreak !== null}
        describe={(seconds) => player.seekPosition(clockText(seconds), clockText(total))}
        onChange={setDraggedTo}
        onCommit={(seconds) => {
          setDraggedTo(null);
          void seek(seconds);
        }}
      />
      <span>{clockText(total)}</span>
    </div>
  );
}
