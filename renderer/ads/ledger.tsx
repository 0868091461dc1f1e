import { Ban, ThumbsDown, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AdJudgement, AdLedger, HeardAd } from '../../shared/ads.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Outbox } from './outbox.tsx';
import { QuietMinutes } from './quiet-minutes.tsx';
import './ledger.css';

type Judge = (creative: string, judgement: AdJudgement, on: boolean) => void;

/** So many of the newest are shown; main keeps more. */
const mostRows = 100;

/** The listener's own record of ads, and what they think of them. Read anew after each break. */
export function Ledger() {
  const { ledger: words } = useWords();
  const readLedger = useStores('ads', (ads) => ads.ledger);
  const sendJudgement = useStores('ads', (ads) => ads.judge);
  const inBreak = useStores('session', ({ view }) => view.adBreak !== null);
  const [ledger, setLedger] = useState<AdLedger | null>(null);

  useEffect(() => {
    void readLedger().then(setLedger);
  }, [readLedger, inBreak]);

  const judge: Judge = (creative, judgement, on) => {
    void sendJudgement(creative, judgement, on).then(setLedger);
  };

  if (ledger === null) return null;
  return (
    <>
      <p>{words.intro}</p>
      <p className="ledger-today">
        {ledger.secondsUntilDue === null
          ? words.never
          : `${words.today(ledger.breaksToday)}. ${words.due(Math.ceil(ledger.secondsUntilDue / 60))}`}
      </p>
      {ledger.secondsUntilDue !== null && <QuietMinutes />}
      {ledger.heard.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <HeardAds heard={ledger.heard.slice(0, mostRows)} judge={judge} />
      )}
      <Outbox />
      {ledger.judged.length > 0 && <TurnedDown judged={ledger.judged} judge={judge} />}
    </>
  );
}

function HeardAds({ heard, judge }: { readonly heard: readonly HeardAd[]; readonly judge: Judge }) {
  const { ledger: words } = useWords();
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.advertiser}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.opinion}</th>
        </tr>
      </thead>
      <tbody>
        {heard.map(({ at, spot, creative, advertiser, title, judgements }) => (
          <tr key={spot}>
            <td className="tabular">{words.at(at)}</td>
            <td>{advertiser}</td>
            <td>{title}</td>
            <td className="ledger-judgements">
              {(['not_my_taste', 'never'] as const).map((judgement) => {
                const on = judgements.includes(judgement);
                return (
                  <IconButton
                    key={judgement}
                    size="small"
                    iconSize={16}
                    icon={judgement === 'never' ? Ban : ThumbsDown}
                    label={words.judgements[judgement]}
                    pressed={on}
                    active={on}
                    onPress={() => judge(creative, judgement, !on)}
                  />
                );
              })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Apart from the ads heard, since these are forgotten sooner than what was thought of them. */
function TurnedDown({
  judged,
  judge,
}: {
  readonly judged: AdLedger['judged'];
  readonly judge: Judge;
}) {
  const { ledger: words } = useWords();
  return (
    <>
      <h3 className="ledger-heading">{words.turnedDown}</h3>
      <ul className="ledger-judged" aria-label={words.turnedDown}>
        {judged.map(({ creative, judgement, advertiser, title }) => (
          <li key={`${creative} ${judgement}`}>
            <span className="ledger-judged-what">
              {title} · {advertiser}
            </span>
            <span>{words.judgements[judgement]}</span>
            <Button
              look="quiet"
              icon={Undo2}
              label={words.takeBackOf(words.judgements[judgement], title)}
              onPress={() => judge(creative, judgement, false)}
            >
              {words.takeBack}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
