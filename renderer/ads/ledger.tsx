import { useEffect, useState } from 'react';
import type { AdLedger } from '../../shared/ads.ts';
import { useStores, useWords } from '../stores.ts';
import './ledger.css';

/** The listener's own record of ads, read once when it opens. */
export function Ledger() {
  const { ledger: words } = useWords();
  const readLedger = useStores('ads', (ads) => ads.ledger);
  const [ledger, setLedger] = useState<AdLedger | null>(null);

  useEffect(() => {
    void readLedger().then(setLedger);
  }, [readLedger]);

  if (ledger === null) return null;
  return (
    <>
      <p>{words.intro}</p>
      <p className="ledger-today">
        {ledger.secondsUntilDue === null
          ? words.never
          : `${words.today(ledger.breaksToday)}. ${words.due(Math.ceil(ledger.secondsUntilDue / 60))}`}
      </p>
      {ledger.heard.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table className="ledger">
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.advertiser}</th>
              <th scope="col">{words.what}</th>
            </tr>
          </thead>
          <tbody>
            {ledger.heard.map((heard) => (
              <tr key={`${heard.at} ${heard.title}`}>
                <td className="tabular">{words.at(heard.at)}</td>
                <td>{heard.advertiser}</td>
                <td>{heard.title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
