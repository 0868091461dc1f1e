import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import './waveform.css';

const height = 28;
const barWidth = 2;
const gap = 1;

/**
 * The outline of a track as bars, what was played in the accent colour. As vectors: crisp on every
 * screen, and the style sheet colours it as themes and artwork change.
 * @param props.bytes a byte for each of equally long stretches
 * @param props.played 0 … 1
 */
export function Waveform({
  bytes,
  played,
}: {
  readonly bytes: Uint8Array;
  readonly played: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const path = useMemo(
    () => barsPath(bytes, Math.floor((width + gap) / (barWidth + gap))),
    [bytes, width],
  );

  useLayoutEffect(() => {
    if (place.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div className="waveform" ref={place} aria-hidden>
      <svg className="waveform-rest" width={width} height={height}>
        <path d={path} />
      </svg>
      <svg
        className="waveform-played"
        width={width}
        height={height}
        style={{ clipPath: `inset(0 ${100 * (1 - played)}% 0 0)` }}
      >
        <path d={path} />
      </svg>
    </div>
  );
}

function barsPath(bytes: Uint8Array, bars: number): string {
  const loudest = bytes.reduce((most, byte) => Math.max(most, byte), 1);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * bytes.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * bytes.length) / bars));
    const highest = bytes.subarray(from, to).reduce((most, byte) => Math.max(most, byte), 0);
    // Of whole pixels on both sides of the middle line. Bytes are square roots of levels.
    const half = Math.max(1, Math.round((highest / loudest) ** 2 * (height / 2)));
    return `M${bar * (barWidth + gap)} ${height / 2 - half}h${barWidth}v${2 * half}h${-barWidth}z`;
  }).join('');
}
