import { useEffect, useState } from 'react';
import type { OutboxView } from '../../shared/ads.ts';
import { useStores, useWords } from '../stores.ts';

/** How often ad servers were told of ads; nothing until there was something to tell. */
export function Outbox() {
  const { ledger: words } = useWords();
  const readOutbox = useStores('ads', (ads) => ads.outbox);
  const [outbox, setOutbox] = useState<OutboxView | null>(null);

  useEffect(() => {
    void readOutbox().then(setOutbox);
  }, [readOutbox]);

  if (outbox === null) return null;
  const { sent, waiting, dropped } = outbox;
  return sent + waiting + dropped === 0 ? null : <p>{words.told(sent, waiting, dropped)}</p>;
}
