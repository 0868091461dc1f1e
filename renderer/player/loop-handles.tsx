import { useLayoutEffect, useRef, useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { LoopPoints } from '../../shared/track-sound.ts';
import { useStores, useWords } from '../stores.ts';
import { clockText } from '../ui/clock-text.ts';
import { handlesOf, pointsOf, stepSeconds } from './loop-grid.ts';
import './loop-handles.css';

/** The points of what plays over its seek bar: two handles, and the part between them. */
export function LoopHandles() {
  const { player } = useWords();
  const view = useStores('session', (session) => session.view);
  const move = useStores('session', (session) => session.moveLoopPoint);
  const [dragged, setDragged] = useState<LoopPoints | null>(null);
  const pointerHeld = useRef(false);
  const starts = useRef<HTMLInputElement>(null);
  const ends = useRef<HTMLInputElement>(null);
  const { now, marked, adBreak } = view;
  const total = now?.track.seconds ?? 0;
  const points = dragged ?? marked?.points ?? null;

  // As in the slider of the seek bar: a native range input has none of this.
  useLayoutEffect(() => {
    if (points === null) return;
    starts.current?.setAttribute('aria-valuetext', clockText(points.startSeconds));
    ends.current?.setAttribute('aria-valuetext', clockText(points.endSeconds));
  });

  if (marked === null || points === null || adBreak !== null || total <= 0) return null;

  function commit({ startSeconds, endSeconds }: LoopPoints): void {
    setDragged(null);
    if (marked === null) return;
    if (startSeconds !== marked.points.startSeconds) void move('start', startSeconds);
    if (endSeconds !== marked.points.endSeconds) void move('end', endSeconds);
  }

  function pointsAt(handles: readonly number[]): LoopPoints {
    return marked === null
      ? { startSeconds: 0, endSeconds: total }
      : pointsOf(handles, marked.points, total);
  }

  const share = (seconds: number) => `${(100 * Math.min(seconds, total)) / total}%`;
  return (
    <div
      className="loop"
      data-on={marked.on || undefined}
      onPointerDownCapture={() => (pointerHeld.current = true)}
    >
      <div
        className="loop-part"
        style={{ left: share(points.startSeconds), right: share(total - points.endSeconds) }}
      />
      <Slider
        aria-label={player.loopPoints}
        value={handlesOf(points, total)}
        minValue={0}
        maxValue={total}
        step={stepSeconds}
        onChange={(values) => {
          if (pointerHeld.current) setDragged(pointsAt(values));
          else commit(pointsAt(values));
        }}
        onChangeEnd={(values) => {
          if (pointerHeld.current) commit(pointsAt(values));
          pointerHeld.current = false;
        }}
      >
        <SliderTrack className="loop-track">
          <SliderThumb
            index={0}
            className="loop-handle loop-handle-start"
            aria-label={player.loopStart}
            inputRef={starts}
          />
          <SliderThumb
            index={1}
            className="loop-handle loop-handle-end"
            aria-label={player.loopEnd}
            inputRef={ends}
          />
        </SliderTrack>
      </Slider>
    </div>
  );
}
