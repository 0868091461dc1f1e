import { RefreshCw, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { BatchView, EventNote, NotedEvent } from '../../shared/metrics.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { ToldServers } from './told-servers.tsx';
import './noted.css';

/** Everything that Refrain has noted: each kind of event, the newest of them, and what was sent. */
export function NotedScreen() {
  const { noted: words } = useWords();
  const inspector = useStores('noted', (noted) => noted.inspector);
  const load = useStores('noted', (noted) => noted.load);
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => void load(), [load]);
  return (
    <Page title={words.title}>
      <section className="noted-section">
        <p>{words.intro}</p>
        {inspector?.canSend === false && <p>{words.cantSend}</p>}
        <div className="folders-actions">
          <Button icon={RefreshCw} onPress={() => void load()}>
            {words.refresh}
          </Button>
          <Button icon={Trash2} look="quiet" onPress={() => setLeaving(true)}>
            {words.removeAll}
          </Button>
        </div>
      </section>
      {inspector !== null && (
        <>
          <Section title={words.batches}>
            <Batches batches={inspector.batches} />
          </Section>
          <Section title={words.told}>
            <ToldServers />
          </Section>
          <Section title={words.types}>
            <Types types={inspector.types} />
          </Section>
          <Section title={words.newest}>
            <Newest events={inspector.events} />
          </Section>
        </>
      )}
      {isLeaving && <RemoveAll onClose={() => setLeaving(false)} />}
    </Page>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="noted-section">
      <h2 className="settings-heading">{title}</h2>
      {children}
    </section>
  );
}

function Types({ types }: { readonly types: readonly EventNote[] }) {
  const { noted: words } = useWords();
  return (
    <table className="noted-table" aria-label={words.types}>
      <thead>
        <tr>
          <th scope="col">{words.type}</th>
          <th scope="col">{words.purpose}</th>
          <th scope="col">{words.kept}</th>
          <th scope="col">{words.leaves}</th>
          <th scope="col" className="noted-number">
            {words.count}
          </th>
        </tr>
      </thead>
      <tbody>
        {types.map(({ type, purpose, retentionDays, leaves, count }) => (
          <tr key={type}>
            <th scope="row" className="noted-code">
              {type}
            </th>
            <td>{purpose}</td>
            <td className="noted-kept">{words.days(retentionDays)}</td>
            <td>{words.leavesAs[leaves]}</td>
            <td className="noted-number tabular">{count.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Newest({ events }: { readonly events: readonly NotedEvent[] }) {
  const { noted: words } = useWords();
  if (events.length === 0) return <p>{words.none}</p>;
  return (
    <pre className="noted-json" tabIndex={0} role="region" aria-label={words.newest}>
      {events.map((event) => JSON.stringify(event)).join('\n')}
    </pre>
  );
}

function Batches({ batches }: { readonly batches: readonly BatchView[] }) {
  const { noted: words } = useWords();
  if (batches.length === 0) return <p>{words.noBatches}</p>;
  return batches.map(({ id, at, state, body }) => (
    <details key={id} className="noted-batch">
      <summary>{words.batch(at, words.batchStates[state])}</summary>
      <pre className="noted-json" tabIndex={0} role="region" aria-label={words.batches}>
        {body}
      </pre>
    </details>
  ));
}

function RemoveAll({ onClose }: { readonly onClose: () => void }) {
  const { noted: words, shell } = useWords();
  const removeAll = useStores('noted', (noted) => noted.removeAll);
  return (
    <RemovalDialog
      title={words.removeTitle}
      cancel={shell.cancel}
      remove={words.remove}
      onRemove={() => void removeAll()}
      onClose={onClose}
    >
      <p>{words.removeText}</p>
    </RemovalDialog>
  );
}
