import { createCurve, curveHertz } from '../../shared/equaliser-curve.ts';
import type { EqualiserBand } from '../../shared/sound-settings.ts';
import { useWords } from '../stores.ts';

const curveRate = 48_000;
const width = 600;
const height = 120;
/** Decibels from the middle to the top, at least. */
const leastReach = 6;

/** What the bands make of each tone, low tones left. The pre-amp is not in it. */
export function EqualiserCurve({ bands }: { readonly bands: readonly EqualiserBand[] }) {
  const { sound: words } = useWords();
  const levels = curveHertz.map(createCurve(bands, curveRate));
  const reach = Math.max(leastReach, ...levels.map(Math.abs)) * 1.1;
  const points = levels.map((decibels, index) => {
    const x = (index / (levels.length - 1)) * width;
    const y = height / 2 - (decibels / reach) * (height / 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const middle = height / 2;
  return (
    <svg
      className="equaliser-curve"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.curve}
    >
      <line className="equaliser-zero" x1={0} x2={width} y1={middle} y2={middle} />
      <polygon
        className="equaliser-area"
        points={`0,${middle} ${points.join(' ')} ${width},${middle}`}
      />
      <polyline className="equaliser-line" points={points.join(' ')} />
    </svg>
  );
}
