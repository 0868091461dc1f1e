import { CircleStop, ListMusic } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStores, useWords } from '../../stores.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { QueueList } from './queue-list.tsx';

/** The queue, history included. It is asked for only while the panel is open. */
export function QueuePanel() {
  const words = useWords();
  const revision = useStores('session', ({ view }) => view.queueRevision);
  const known = useStores('session', (session) => session.queue);
  const nowEntry = useStores('session', ({ view }) => view.now?.entry ?? null);
  const loadQueue = useStores('session', (session) => session.loadQueue);
  const stopsAfterNow = useStores(
    'session',
    ({ view }) => view.now !== null && view.stopAfter === view.now.entry,
  );
  const toggleStop = useStores('session', (session) => session.toggleStopAfterCurrent);
  const clear = useStores('session', (session) => session.clear);
  const changeSettings = useStores('settings', (settings) => settings.change);

  useEffect(() => {
    void loadQueue();
  }, [revision, loadQueue]);

  // The view is newer than the queue while the queue is asked for.
  const queue = useMemo(() => {
    const index = nowEntry === null ? -1 : known.entryIds.indexOf(nowEntry);
    return index === -1 ? known : { ...known, index };
  }, [known, nowEntry]);

  const isEmpty = queue.entryIds.length === 0;
  return (
    <SidePanel
      label={words.queue.region}
      closeLabel={words.shell.close}
      onClose={() => void changeSettings({ panel: 'none' })}
      actions={
        !isEmpty && (
          <>
            <IconButton
              label={words.queue.stopAfterCurrent}
              icon={CircleStop}
              size="small"
              pressed={stopsAfterNow}
              disabled={nowEntry === null}
              onPress={() => void toggleStop()}
            />
            <Button look="quiet" onPress={() => void clear()}>
              {words.queue.clear}
            </Button>
          </>
        )
      }
    >
      {isEmpty ? (
        <EmptyState icon={ListMusic} title={words.queue.empty} text={words.queue.emptyText} />
      ) : (
        <QueueList queue={queue} />
      )}
    </SidePanel>
  );
}
