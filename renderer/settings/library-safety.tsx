import { Archive, Copy, History } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Snapshot } from '../../shared/snapshots.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { GoBack } from './go-back.tsx';

/** The copies of the library: when the last was made, another one now, and going back to one. */
export function LibrarySafety() {
  const { safety: words } = useWords();
  const readAll = useStores('settings', (settings) => settings.snapshots);
  const make = useStores('settings', (settings) => settings.makeSnapshot);
  const [copies, setCopies] = useState<readonly Snapshot[] | null>(null);
  const [isCopying, setCopying] = useState(false);
  const [said, setSaid] = useState('');
  const [chosen, setChosen] = useState<Snapshot | null>(null);

  useEffect(() => {
    void readAll().then(setCopies);
  }, [readAll]);

  async function copyNow(): Promise<void> {
    setCopying(true);
    setSaid(words.copying);
    try {
      setSaid((await make()) ? words.copied : words.nothingNew);
    } catch (error) {
      setSaid('');
      throw error;
    } finally {
      setCopying(false);
    }
    setCopies(await readAll());
  }

  const [newest] = copies ?? [];
  return (
    <>
      <p>{words.text}</p>
      <p className="safety-last">
        {newest === undefined ? copies !== null && words.none : words.last(isoOf(newest))}
      </p>
      {copies !== null && copies.length > 0 && (
        <ul className="folders-list safety-list" aria-label={words.copies}>
          {copies.map((copy) => (
            <CopyRow key={copy.id} copy={copy} onChosen={() => setChosen(copy)} />
          ))}
        </ul>
      )}
      <div className="folders-actions safety-actions">
        <Button icon={Copy} disabled={isCopying} onPress={() => void copyNow()}>
          {words.copyNow}
        </Button>
        <span role="status">{said}</span>
      </div>
      {chosen !== null && (
        <GoBack
          copy={chosen}
          onClose={() => setChosen(null)}
          onDone={() => {
            setChosen(null);
            setSaid('');
            void readAll().then(setCopies);
          }}
        />
      )}
    </>
  );
}

function CopyRow({ copy, onChosen }: { readonly copy: Snapshot; readonly onChosen: () => void }) {
  const { safety: words } = useWords();
  const reason = words.reasons[copy.reason];
  return (
    <li className="folders-row safety-row">
      <Archive size={18} aria-hidden />
      <div>
        <div className="folders-path">
          {words.when(isoOf(copy))}
          {reason !== '' && <span className="safety-reason"> {reason}</span>}
        </div>
        <div className="folders-note tabular">{words.holds(copy.counts)}</div>
      </div>
      <IconButton
        label={words.goBackTo(isoOf(copy))}
        icon={History}
        iconSize={16}
        onPress={onChosen}
      />
    </li>
  );
}

function isoOf({ at }: Snapshot): string {
  return new Date(at).toISOString();
}
