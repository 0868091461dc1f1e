import { useEffect, useState, type PointerEvent } from 'react';
import type { SessionView } from '../../shared/session.ts';
import { useStores, useWords } from '../stores.ts';
import { clockText } from '../ui/clock-text.ts';
import { Slider } from '../ui/slider.tsx';
import { LoopHandles } from './loop-handles.tsx';
import type { SessionStore } from './session-store.ts';
import { Waveform } from './waveform.tsx';
import './seek-bar.css';

const keyStepSeconds = 5;
/** A finer one would not be seen. */
const mostSteps = 300;

/** Elapsed and total with the slider between them; during a spot it shows, and does not seek. */
export function SeekBar() {
  const { player } = useWords();
  const position = useStores('session', visiblePosition);
  const view = useStores('session', (session) => session.view);
  const seek = useStores('session', (session) => session.seek);
  const [draggedTo, setDraggedTo] = useState<number | null>(null);
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const total = totalSeconds(view);
  const shown = Math.min(draggedTo ?? position, total);
  const waveform = useWaveform(view.adBreak === null ? (view.now?.track.id ?? null) : null);
  const canSeek = view.now !== null && view.adBreak === null;

  function point(event: PointerEvent): void {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointedAt(Math.min(1, Math.max(0, (event.clientX - left) / width)));
  }

  return (
    <div className="seek tabular">
      <span className="seek-elapsed">{clockText(shown)}</span>
      <div
        className="seek-place"
        onPointerMove={point}
        onPointerLeave={() => {
          setPointedAt(null);
        }}
      >
        <Slider
          label={player.seek}
          value={shown}
          maximum={Math.max(total, 1)}
          keyStep={keyStepSeconds}
          disabled={!canSeek}
          describe={(seconds) => player.seekPosition(clockText(seconds), clockText(total))}
          onChange={setDraggedTo}
          onCommit={(seconds) => {
            setDraggedTo(null);
            void seek(seconds);
          }}
          {...(waveform !== null && {
            rail: <Waveform bytes={waveform} played={total > 0 ? shown / total : 0} />,
          })}
        />
        <LoopHandles />
        {pointedAt !== null && canSeek && (
          <span className="seek-hover" style={{ left: `${100 * pointedAt}%` }} aria-hidden>
            {clockText(pointedAt * total)}
          </span>
        )}
      </div>
      <span>{clockText(total)}</span>
    </div>
  );
}

/**
 * In steps that can be seen, a second long at most: every one draws the bar anew, which takes more of
 * the processor than the sound itself.
 */
function visiblePosition({ positionSeconds, view }: SessionStore): number {
  const step = Math.min(1, totalSeconds(view) / mostSteps);
  return step > 0 ? Math.floor(positionSeconds / step) * step : positionSeconds;
}

function totalSeconds({ adBreak, now }: SessionView): number {
  return adBreak?.seconds ?? now?.track.seconds ?? 0;
}

/** @returns null while it is not known, or there is none */
function useWaveform(trackId: number | null): Uint8Array | null {
  const show = useStores('waveform', (waveform) => waveform.show);
  const bytes = useStores('waveform', (waveform) =>
    waveform.trackId === trackId ? waveform.bytes : null,
  );
  useEffect(() => {
    void show(trackId);
  }, [show, trackId]);
  return bytes;
}
