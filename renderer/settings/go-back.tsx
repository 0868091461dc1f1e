import { useEffect, useState } from 'react';
import type { GainAndLoss, RestorePreview, Snapshot } from '../../shared/snapshots.ts';
import type { Words } from '../../shared/words/en.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

const mostPlaylists = 12;
const rows = ['tracks', 'likes', 'ratings', 'loops', 'joins', 'plays'] as const;

/** What would change if the library became what the copy holds; and doing it. */
export function GoBack({
  copy,
  onClose,
  onDone,
}: {
  readonly copy: Snapshot;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { safety: words, shell } = useWords();
  const restore = useStores('settings', (settings) => settings.restoreSnapshot);
  const preview = usePreview(copy);
  const [isRestoring, setRestoring] = useState(false);

  async function goBack(): Promise<void> {
    setRestoring(true);
    try {
      await restore(copy.id);
      onDone();
    } finally {
      setRestoring(false);
    }
  }

  return (
    <Dialog
      wide
      title={words.previewTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onPress={onClose}>
            {shell.cancel}
          </Button>
          <Button
            look="filled"
            disabled={isRestoring || typeof preview === 'string'}
            onPress={() => void goBack()}
          >
            {words.confirm}
          </Button>
        </>
      }
    >
      <p>{words.previewText(new Date(copy.at).toISOString())}</p>
      <div role="status">
        {preview === 'reading' && <p>{words.previewing}</p>}
        {preview === 'failed' && <p>{words.previewFailed}</p>}
        {typeof preview === 'object' && <Changes preview={preview} />}
      </div>
    </Dialog>
  );
}

function Changes({ preview }: { readonly preview: RestorePreview }) {
  const { safety: words } = useWords();
  const changed = rows.filter((name) => preview[name].gained + preview[name].lost > 0);
  const shown = preview.playlists.slice(0, mostPlaylists);
  if (changed.length + shown.length === 0) return <p>{words.nothingChanges}</p>;
  return (
    <dl className="safety-changes">
      {changed.map((name) => (
        <Change key={name} name={words.rows[name]} what={tellBoth(preview[name], words)} />
      ))}
      {shown.map(({ kind, name, tracksNow, tracksThen }, index) => (
        <Change
          key={index}
          name={words.playlistNamed(name)}
          what={words.playlist[kind](tracksNow ?? 0, tracksThen ?? 0)}
        />
      ))}
      {preview.playlists.length > shown.length && (
        <Change name="" what={words.morePlaylists(preview.playlists.length - shown.length)} />
      )}
    </dl>
  );
}

function Change({ name, what }: { readonly name: string; readonly what: string }) {
  return (
    <div>
      <dt className="ellipsis">{name}</dt>
      <dd className="tabular">{what}</dd>
    </div>
  );
}

function tellBoth({ gained, lost }: GainAndLoss, words: Words['safety']): string {
  return [gained > 0 ? words.gained(gained) : '', lost > 0 ? words.lost(lost) : '']
    .filter((text) => text !== '')
    .join(', ');
}

function usePreview(copy: Snapshot): RestorePreview | 'reading' | 'failed' {
  const read = useStores('settings', (settings) => settings.previewRestore);
  const [preview, setPreview] = useState<RestorePreview | 'reading' | 'failed'>('reading');
  useEffect(() => {
    let isWanted = true;
    read(copy.id).then(
      (found) => isWanted && setPreview(found),
      () => isWanted && setPreview('failed'),
    );
    return () => {
      isWanted = false;
    };
  }, [read, copy.id]);
  return preview;
}
