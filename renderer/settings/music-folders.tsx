import { Copy, Folder, Music2, RefreshCw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Source } from '../../shared/library.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';

/** The folders of the library: add, remove, look for changes. */
export function MusicFolders() {
  const { settings: words, duplicates } = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const sources = useSources();
  const chooseFolder = useStores('library', (library) => library.chooseFolder);
  const addSample = useStores('library', (library) => library.addSample);
  const rescan = useStores('library', (library) => library.rescan);
  const [leaving, setLeaving] = useState<Source | null>(null);
  return (
    <>
      <p>{words.foldersText}</p>
      {sources.length === 0 ? (
        <p className="folders-list folders-row">{words.noFolders}</p>
      ) : (
        <ul className="folders-list" aria-label={words.folders}>
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} onRemove={() => setLeaving(source)} />
          ))}
        </ul>
      )}
      <div className="folders-actions">
        <Button icon={Folder} onPress={() => void chooseFolder()}>
          {words.addFolder}
        </Button>
        {!sources.some(({ sample }) => sample) && (
          <Button icon={Music2} look="quiet" onPress={() => void addSample()}>
            {words.addSample}
          </Button>
        )}
        {sources.length > 0 && (
          <Button icon={Copy} look="quiet" onPress={() => go({ screen: 'duplicates' })}>
            {duplicates.title}
          </Button>
        )}
        {sources.length > 0 && (
          <Button icon={RefreshCw} look="quiet" onPress={() => void rescan()}>
            {words.rescan}
          </Button>
        )}
      </div>
      {leaving !== null && <RemoveSource source={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function SourceRow({
  source,
  onRemove,
}: {
  readonly source: Source;
  readonly onRemove: () => void;
}) {
  const { settings: words } = useWords();
  const Icon = source.sample ? Music2 : Folder;
  return (
    <li className="folders-row">
      <Icon size={18} aria-hidden />
      <div>
        <div className="folders-path ellipsis" title={source.path}>
          {source.sample ? words.sample : source.path}
        </div>
        {source.away && <div className="folders-note">{words.away}</div>}
      </div>
      <span className="folders-note tabular">{words.songs(source.tracks)}</span>
      <IconButton
        label={words.removeFolder(source.sample ? words.sample : source.path)}
        icon={Trash2}
        iconSize={16}
        onPress={onRemove}
      />
    </li>
  );
}

function RemoveSource({
  source,
  onClose,
}: {
  readonly source: Source;
  readonly onClose: () => void;
}) {
  const { settings: words, shell } = useWords();
  const removeSource = useStores('library', (library) => library.removeSource);
  return (
    <RemovalDialog
      title={words.removeTitle}
      cancel={shell.cancel}
      remove={words.remove}
      onRemove={() => void removeSource(source.id)}
      onClose={onClose}
    >
      <p>{words.removeText(source.sample ? words.sample : source.path)}</p>
    </RemovalDialog>
  );
}

function useSources(): readonly Source[] {
  const follow = useStores('library', (library) => library.follow);
  const answer = useStores('library', ({ answers }) => answers.get('library.sources'));
  useEffect(() => follow('library.sources', undefined), [follow]);
  return (answer?.value as readonly Source[] | undefined) ?? [];
}
