import { useEffect, useState } from 'react';
import type { OutboxView } from '../../shared/ads.ts';
import { useStores, useWords } from '../stores.ts';

/** What ad servers were told of ads, the newest first; read anew with the rest of the page. */
export function ToldServers() {
  const { noted: words } = useWords();
  const readOutbox = useStores('ads', (ads) => ads.outbox);
  const inspector = useStores('noted', (noted) => noted.inspector);
  const [recent, setRecent] = useState<OutboxView['recent'] | null>(null);

  useEffect(() => {
    void readOutbox().then((outbox) => setRecent(outbox.recent));
  }, [readOutbox, inspector]);

  if (recent === null) return null;
  if (recent.length === 0) return <p>{words.nobodyTold}</p>;
  return (
    <>
      <p>{words.toldIntro}</p>
      <table className="noted-table" aria-label={words.told}>
        <thead>
          <tr>
            <th scope="col">{words.toldAt}</th>
            <th scope="col">{words.toldWhat}</th>
            <th scope="col">{words.toldTo}</th>
            <th scope="col">{words.toldHow}</th>
          </tr>
        </thead>
        <tbody>
          {recent.map(({ at, event, host, state }, index) => (
            // Rows have no name of their own: one event may go to several addresses of a server.
            <tr key={index}>
              <td>{words.toldTime(at)}</td>
              <td>{words.toldEvent(event)}</td>
              <td>{host}</td>
              <td>{words.toldStates[state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
