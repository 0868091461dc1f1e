import { useWords } from '../stores.ts';

const width = 480;
const height = 120;
const gap = 6;
/** Room below the bars for the scale's words. */
const foot = 18;

/** Hours of the last weeks as bars, the present week last and marked. */
export function WeekBars({ hours }: { readonly hours: readonly number[] }) {
  const { noted: words } = useWords();
  const most = Math.max(...hours, 1);
  const step = width / hours.length;
  const room = height - foot;
  return (
    <svg
      className="noted-bars"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={words.bars(hours)}
    >
      <line x1={0} x2={width} y1={room} y2={room} className="noted-axis" />
      {hours.map((value, week) => {
        const tall = (value / most) * (room - foot);
        return (
          <rect
            key={week}
            className={week === hours.length - 1 ? 'noted-bar noted-bar-now' : 'noted-bar'}
            x={week * step + gap / 2}
            y={room - tall}
            width={step - gap}
            height={tall}
            rx={2}
          />
        );
      })}
      <text x={0} y={height - 4} className="noted-scale">
        {words.weeksAgo(hours.length - 1)}
      </text>
      <text x={width} y={height - 4} textAnchor="end" className="noted-scale">
        {words.thisWeek}
      </text>
      <text x={0} y={12} className="noted-scale">
        {words.units.hours(most)}
      </text>
    </svg>
  );
}
