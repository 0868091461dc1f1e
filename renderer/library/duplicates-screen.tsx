import { FolderOpen, Heart, ListMusic, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { DuplicateFile, DuplicateGroup, DuplicateKind } from '../../shared/library.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { clockText } from '../ui/clock-text.ts';
import { Screen, ScreenHead, Section } from './screen.tsx';
import './duplicates.css';

/** Recordings that lie on disk more than once. It shows them and removes nothing. */
export function DuplicatesScreen() {
  const { duplicates: words } = useWords();
  return (
    <Screen>
      <ScreenHead title={words.title} />
      <p className="duplicates-text">{words.text}</p>
      <Duplicates kind="same" />
      <Duplicates kind="likely" />
    </Screen>
  );
}

function Duplicates({ kind }: { readonly kind: DuplicateKind }) {
  const { duplicates: words } = useWords();
  const { groups, isLooking, more } = useDuplicates(kind);
  return (
    <Section title={words.kinds[kind]}>
      <p className="duplicates-text">{words.about[kind]}</p>
      <ul className="duplicates" aria-label={words.kinds[kind]}>
        {groups.map((group) => (
          <li key={group.files[0]?.id}>
            <Group group={group} />
          </li>
        ))}
      </ul>
      <div className="duplicates-foot" role="status">
        {isLooking && <p>{words.looking}</p>}
        {!isLooking && groups.length === 0 && <p>{words.none[kind]}</p>}
        {!isLooking && more !== null && <Button onPress={more}>{words.more}</Button>}
      </div>
    </Section>
  );
}

function Group({ group: { title, artist, files } }: { readonly group: DuplicateGroup }) {
  const { duplicates: words } = useWords();
  return (
    <>
      <h3 className="duplicates-name">
        <span className="ellipsis">{words.of(title, artist)}</span>
        <span className="duplicates-count tabular">{words.files(files.length)}</span>
      </h3>
      <ul aria-label={words.of(title, artist)}>
        {files.map((file) => (
          <File key={file.id} file={file} />
        ))}
      </ul>
    </>
  );
}

function File({ file }: { readonly file: DuplicateFile }) {
  const { duplicates: words } = useWords();
  const play = useStores('session', (session) => session.play);
  const showInFolder = useStores('library', (library) => library.showInFolder);
  const { id, name, folder, format, bitsPerSecond, bytes, seconds, liked, playlists, away } = file;
  const facts = [
    format.toUpperCase(),
    bitsPerSecond === null ? '' : words.kilobits(bitsPerSecond),
    words.megabytes(bytes),
    clockText(seconds),
  ];
  return (
    <li className="duplicate" {...(away && { 'data-away': true })}>
      <IconButton
        label={words.play(name)}
        icon={Play}
        iconSize={16}
        filled
        onPress={() => void play({ from: 'tracks', ids: [id] }, 0)}
      />
      <div className="duplicate-place">
        <div className="ellipsis">{name}</div>
        <div className="duplicate-folder ellipsis" title={folder}>
          {folder}
        </div>
      </div>
      <div className="duplicate-marks">
        {liked && <Heart size={14} fill="currentColor" role="img" aria-label={words.liked} />}
        {playlists.length > 0 && (
          <span className="duplicate-lists ellipsis" title={words.inPlaylists(playlists)}>
            <ListMusic size={14} aria-hidden />
            {words.inPlaylists(playlists)}
          </span>
        )}
      </div>
      <span className="duplicate-facts tabular">{facts.filter(Boolean).join(' · ')}</span>
      <IconButton
        label={words.show(name)}
        icon={FolderOpen}
        iconSize={16}
        onPress={() => void showInFolder(id)}
      />
    </li>
  );
}

interface Known {
  readonly groups: readonly DuplicateGroup[];
  /** The last page that was read began here. */
  readonly after: string | null;
  /** Where the next page begins; null: all are known. */
  readonly next: string | null;
}

/** A page of groups, and a way to the next. When the library changes, the first is read anew. */
function useDuplicates(kind: DuplicateKind) {
  const read = useStores('library', (library) => library.readDuplicates);
  const revision = useStores('library', (library) => library.revision);
  const [known, setKnown] = useState<Known | null>(null);
  const [asked, setAsked] = useState<{ readonly revision: number; readonly after: string | null }>({
    revision,
    after: null,
  });
  const after = asked.revision === revision ? asked.after : null;

  useEffect(() => {
    const looking = new AbortController();
    void look(looking.signal);
    return () => looking.abort();

    /** Pages may be empty: the library is looked through a piece at a time. */
    async function look(signal: AbortSignal): Promise<void> {
      let page = await read(kind, after);
      while (page.groups.length === 0 && page.next !== null && !signal.aborted) {
        page = await read(kind, page.next);
      }
      if (signal.aborted) return;
      const { groups, next } = page;
      setKnown((before) => ({
        groups: after === null ? groups : [...(before?.groups ?? []), ...groups],
        after,
        next,
      }));
    }
  }, [kind, read, revision, after]);

  const next = known?.next ?? null;
  return {
    groups: known?.groups ?? [],
    isLooking: known === null || known.after !== after,
    more: next === null ? null : () => setAsked({ revision, after: next }),
  };
}
