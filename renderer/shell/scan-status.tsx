import { Check, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { ScanProgress } from '../../shared/library.ts';
import type { Words } from '../../shared/words/en.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import './scan-status.css';

/** How long the result of a scan stays in the rail. */
const resultMilliseconds = 15_000;

/** The quiet line in the rail while the library is read, and its result for a while after. */
export function ScanStatus() {
  const { scan: words } = useWords();
  const scan = useStores('library', (library) => library.scan);
  const cancel = useStores('library', (library) => library.cancelScan);
  const isRunning = scan?.state === 'running';
  const isShown = useLingering(isRunning);
  return (
    <div className="scan" role="status" aria-label={words.status}>
      {scan !== null && isShown && (
        <>
          <DialogTrigger>
            <AriaButton className="scan-line">
              <span className="scan-words tabular">{tell(scan, words)}</span>
              <span className="scan-percent tabular" aria-hidden>
                <Short scan={scan} />
              </span>
              {isRunning && (
                <span className="scan-rail">
                  <span className="scan-fill" style={{ width: `${percentOf(scan)}%` }} />
                </span>
              )}
            </AriaButton>
            <Popover className="scan-details" placement="right bottom">
              <Dialog aria-label={words.title}>
                <Details scan={scan} />
                {isRunning && <Button onPress={() => void cancel()}>{words.cancel}</Button>}
              </Dialog>
            </Popover>
          </DialogTrigger>
          {isRunning && (
            <IconButton
              className="scan-cancel"
              label={words.cancel}
              icon={X}
              iconSize={14}
              size="small"
              onPress={() => void cancel()}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Where there is no room for words: how far it is, then how it ended. */
function Short({ scan }: { readonly scan: ScanProgress }) {
  switch (scan.state) {
    case 'running':
      return `${percentOf(scan)}%`;
    case 'done':
      return <Check size={16} />;
    case 'cancelled':
    case 'failed':
      return <X size={16} />;
  }
}

/** True while it runs and for a while after; a result of before this window opened isn't news. */
function useLingering(isRunning: boolean): boolean {
  const [lingers, setLingers] = useState(false);
  if (isRunning && !lingers) setLingers(true);
  useEffect(() => {
    if (isRunning || !lingers) return;
    const timer = setTimeout(() => setLingers(false), resultMilliseconds);
    return () => clearTimeout(timer);
  }, [isRunning, lingers]);
  return lingers;
}

function percentOf({ read, found }: ScanProgress): number {
  return found > 0 ? Math.floor((100 * read) / found) : 0;
}

function tell(scan: ScanProgress, words: Words['scan']): string {
  switch (scan.state) {
    case 'running':
      if (scan.found === 0) return words.looking;
      return words.progress(
        scan.read,
        scan.found,
        Math.round(scan.read / Math.max(scan.seconds, 0.1)),
        scan.skipped,
      );
    case 'done':
      return words.done(scan);
    case 'cancelled':
      return words.cancelled;
    case 'failed':
      return words.failed;
  }
}

function Details({ scan }: { readonly scan: ScanProgress }) {
  const { scan: words } = useWords();
  const counts = [
    [words.read, scan.read],
    [words.added, scan.added],
    [words.updated, scan.updated],
    [words.removed, scan.removed],
    [words.away, scan.away],
    [words.skipped, scan.skipped],
  ] as const;
  return (
    <>
      <h2 className="scan-title">{words.title}</h2>
      <dl className="scan-counts tabular">
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {scan.skippedFiles.length > 0 && (
        <>
          <h3 className="scan-skipped-title">{words.skippedFiles}</h3>
          {/* Scrollable, so the keyboard has to reach it. */}
          <ul className="scan-skipped" tabIndex={0} aria-label={words.skippedFiles}>
            {scan.skippedFiles.map(({ path, reason }) => (
              <li key={path}>
                <span className="scan-path">{path}</span>
                <span>{words.reasons[reason]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
