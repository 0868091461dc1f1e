import { ChevronRight, Folder, FolderOpen, FolderPlus, Music } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { FolderPage } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import type { Words } from '../../shared/words/en.ts';
import { RouteLink } from '../route-link.tsx';
import type { Route } from '../route.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useAnswer } from './answers.ts';
import { Gone } from './gone.tsx';
import { MissingNotes } from './missing-tracks.tsx';
import { NoMusic } from './no-music.tsx';
import { PlayButtons } from './play-buttons.tsx';
import { Screen, ScreenHead, Section } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';
import './folders.css';

/**
 * The library as it lies on the disk.
 * @param props.source null: the folders that the listener gave us
 * @param props.path below the source, '' its root
 */
export function FoldersScreen({
  source,
  path,
}: {
  readonly source: Id | null;
  readonly path: string;
}) {
  return source === null ? <Sources /> : <FolderScreen source={source} path={path} />;
}

function Sources() {
  const words = useWords();
  const chooseFolder = useStores('library', (library) => library.chooseFolder);
  const { value: sources } = useAnswer('library.sources');
  return (
    <Screen>
      <ScreenHead title={words.rail.folders}>
        {sources !== undefined && sources.length > 0 && (
          <Button icon={FolderPlus} onPress={() => void chooseFolder()}>
            {words.library.addFolder}
          </Button>
        )}
      </ScreenHead>
      {sources?.length === 0 && <NoMusic />}
      <MissingNotes />
      <FolderList
        label={words.rail.folders}
        folders={(sources ?? []).map(({ id, path, sample, tracks, away }) => ({
          to: { screen: 'folders', source: id, path: '' },
          icon: sample ? Music : Folder,
          name: sample ? words.library.sampleFolder : lastPart(path),
          note: away ? words.library.folderAway : sample ? '' : path,
          tracks,
          away,
        }))}
      />
    </Screen>
  );
}

function FolderScreen({ source, path }: { readonly source: Id; readonly path: string }) {
  const { value: page, failed } = useAnswer('library.folder', { source, path });
  if (failed !== null && failed !== 'unavailable') return <Gone code={failed} />;
  return <Screen key={`${source} ${path}`}>{page && <FolderContents page={page} />}</Screen>;
}

function FolderContents({ page }: { readonly page: FolderPage }) {
  const words = useWords();
  const { source, path, folders, trackIds } = page;
  const name = path === '' ? nameOf(page, words) : lastPart(path);
  const list = { from: 'folder', source: source.id, path } as const;
  const isEmpty = folders.length === 0 && trackIds.length === 0;
  return (
    <>
      <Breadcrumb page={page} />
      <ScreenHead
        title={name}
        note={trackIds.length > 0 ? words.tracks.songs(trackIds.length) : undefined}
      >
        <PlayButtons tracks={list} disabled={isEmpty} />
      </ScreenHead>
      {isEmpty && (
        <EmptyState
          icon={FolderOpen}
          title={words.library.emptyFolderTitle}
          text={words.library.emptyFolderText}
        />
      )}
      <FolderList
        label={words.rail.folders}
        folders={folders.map((folder) => ({
          to: { screen: 'folders', source: source.id, path: folder.path },
          icon: Folder,
          name: folder.name,
          note: '',
          tracks: folder.tracks,
          away: source.away,
        }))}
      />
      {trackIds.length > 0 && (
        <Section title={words.rail.songs}>
          <TrackGrid
            label={name}
            // The folder's own list holds the folders below it too.
            list={{ from: 'tracks', ids: [...trackIds] }}
            ids={trackIds}
            suggestion={name}
          />
        </Section>
      )}
    </>
  );
}

function Breadcrumb({ page }: { readonly page: FolderPage }) {
  const words = useWords();
  const parts = page.path === '' ? [] : page.path.split('/');
  const above: readonly { readonly name: string; readonly to: Route }[] = [
    { name: words.rail.folders, to: { screen: 'folders', source: null, path: '' } },
    ...[nameOf(page, words), ...parts].map((name, depth) => ({
      name,
      to: {
        screen: 'folders' as const,
        source: page.source.id,
        path: parts.slice(0, depth).join('/'),
      },
    })),
  ];
  return (
    <nav aria-label={words.library.goUp} className="breadcrumb">
      <ol>
        {above.slice(0, -1).map(({ name, to }, depth) => (
          <li key={depth}>
            <RouteLink to={to} className="ui-link ellipsis">
              {name}
            </RouteLink>
            <ChevronRight size={14} aria-hidden />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface FolderLine {
  readonly to: Route;
  readonly icon: LucideIcon;
  readonly name: string;
  readonly note: string;
  readonly tracks: number;
  readonly away: boolean;
}

function FolderList({
  label,
  folders,
}: {
  readonly label: string;
  readonly folders: readonly FolderLine[];
}) {
  const words = useWords();
  if (folders.length === 0) return null;
  return (
    <ul aria-label={label} className="folders">
      {folders.map(({ to, icon: Icon, name, note, tracks, away }, place) => (
        <li key={place} {...(away && { 'data-away': true })}>
          <RouteLink to={to} className="folder">
            <Icon size={20} strokeWidth={1.5} aria-hidden />
            <span className="folder-name ellipsis">{name}</span>
            <span className="folder-note ellipsis">{note}</span>
            <span className="folder-count tabular">{words.tracks.songs(tracks)}</span>
          </RouteLink>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ source }: FolderPage, words: Words): string {
  return source.sample ? words.library.sampleFolder : lastPart(source.path);
}

/** The last name in a path of any system. */
function lastPart(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
}
