import { RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import type { Figures } from '../../shared/metrics.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { WeekBars } from './week-bars.tsx';
import './noted.css';

type Single = Exclude<keyof Figures, 'hoursByWeek'>;
type Unit = 'hours' | 'yesNo' | 'part' | 'count' | 'seconds' | 'milliseconds' | 'perHour';

interface Group {
  readonly title: 'listening' | 'beginning' | 'premium' | 'ads' | 'search' | 'guardrails';
  readonly figures: readonly (readonly [Single, Unit])[];
}

const groups: readonly Group[] = [
  { title: 'listening', figures: [['weeklyHours', 'hours']] },
  {
    title: 'beginning',
    figures: [
      ['activated', 'yesNo'],
      ['backOnDay1', 'yesNo'],
      ['backOnDay7', 'yesNo'],
      ['backOnDay30', 'yesNo'],
      ['stickiness', 'part'],
    ],
  },
  {
    title: 'premium',
    figures: [
      ['offersShown', 'count'],
      ['trials', 'count'],
      ['paid', 'count'],
    ],
  },
  {
    title: 'ads',
    figures: [
      ['adSecondsPerHour', 'seconds'],
      ['fill', 'part'],
      ['completion', 'part'],
      ['fatigue', 'part'],
    ],
  },
  { title: 'search', figures: [['searchSuccess', 'part']] },
  {
    title: 'guardrails',
    figures: [
      ['firstSoundP95Milliseconds', 'milliseconds'],
      ['stallsPerHour', 'perHour'],
      ['loudnessBreaches', 'count'],
      ['beaconLoss', 'part'],
    ],
  },
];

/** What the events add up to, each figure beside its definition; of this listener alone. */
export function FiguresScreen() {
  const { noted: words } = useWords();
  const figures = useStores('noted', (noted) => noted.figures);
  const load = useStores('noted', (noted) => noted.load);
  useEffect(() => void load(), [load]);
  return (
    <Page title={words.figures}>
      <section className="noted-section">
        <p>{words.figuresIntro}</p>
        <div className="folders-actions">
          <Button icon={RefreshCw} onPress={() => void load()}>
            {words.refresh}
          </Button>
        </div>
      </section>
      {figures !== null &&
        groups.map(({ title, figures: listed }) => (
          <section key={title} className="noted-section">
            <h2 className="settings-heading">{words.groups[title]}</h2>
            <table className="noted-table" aria-label={words.groups[title]}>
              <thead className="noted-unseen">
                <tr>
                  <th scope="col">{words.figure}</th>
                  <th scope="col">{words.value}</th>
                  <th scope="col">{words.definition}</th>
                </tr>
              </thead>
              <tbody>
                {listed.map(([name, unit]) => (
                  <FigureRow key={name} name={name} unit={unit} value={figures[name]} />
                ))}
              </tbody>
            </table>
            {title === 'listening' && figures.hoursByWeek.some((hours) => hours > 0) && (
              <WeekBars hours={figures.hoursByWeek} />
            )}
          </section>
        ))}
    </Page>
  );
}

function FigureRow({
  name,
  unit,
  value,
}: {
  readonly name: Single;
  readonly unit: Unit;
  readonly value: number | boolean | null;
}) {
  const { noted: words } = useWords();
  const { title, definition } = words.definitions[name];
  return (
    <tr>
      <th scope="row" className="noted-figure">
        {title}
      </th>
      {value === null ? (
        <td className="noted-value noted-nothing">{words.nothingYet}</td>
      ) : (
        <td className="noted-value tabular">{words.units[unit](Number(value))}</td>
      )}
      <td>{definition}</td>
    </tr>
  );
}
