import { Ellipsis, Heart } from 'lucide-react';
import { useMemo } from 'react';
import type { Album } from '../../shared/library.ts';
import type { Id, Track } from '../../shared/track.ts';
import type { Words } from '../../shared/words/en.ts';
import { RouteLink } from '../route-link.tsx';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { useAnswer, useListRows, useRow } from './answers.ts';
import { albumItem } from './cards/card-item.ts';
import { useItemMenu } from './cards/item-card.tsx';
import { Shelf } from './cards/shelf.tsx';
import { Gone } from './gone.tsx';
import { Hero, HeroTitle } from './hero.tsx';
import { PlayButtons } from './play-buttons.tsx';
import { Screen } from './screen.tsx';
import type { Heading } from './tracks/grid-window.ts';
import { TrackGrid } from './tracks/track-grid.tsx';

const noIds = new Uint32Array();
const mostOthers = 24;

export function AlbumScreen({ id }: { readonly id: Id }) {
  const words = useWords();
  const albums = useStores('library', (library) => library.albums);
  const album = useRow(albums, id);
  const list = { from: 'album', id } as const;
  const { value: ids = noIds, failed } = useAnswer('library.trackIds', list);
  const tracks = useTracks(ids);
  const headings = useMemo(() => discHeadings(tracks, words.tracks.disc), [tracks, words]);

  if (album === null || failed === 'not_found') return <Gone />;
  if (album === undefined) return <Screen key={id}>{null}</Screen>;
  return (
    <Screen key={id}>
      <AlbumHero album={album} ids={ids} tracks={tracks} />
      <TrackGrid
        label={titleOf(album, words)}
        list={list}
        ids={ids}
        columnSet="album"
        headings={headings}
        suggestion={album.title}
      />
      <OtherAlbums album={album} />
    </Screen>
  );
}

function AlbumHero({
  album,
  ids,
  tracks,
}: {
  readonly album: Album;
  readonly ids: Uint32Array;
  readonly tracks: readonly Track[];
}) {
  const words = useWords();
  const setLiked = useStores('library', (library) => library.setLiked);
  const menuOf = useItemMenu();
  const title = titleOf(album, words);
  const isLiked = tracks.length > 0 && tracks.every(({ liked }) => liked);
  return (
    <Hero
      kind={words.library.album}
      title={<HeroTitle>{title}</HeroTitle>}
      art={<Cover hash={album.cover} title={title} size={1000} />}
      ground={album.cover}
      notes={[
        <RouteLink key="artist" to={{ screen: 'artist', id: album.artistId }}>
          {album.artist || words.tracks.unknownArtist}
        </RouteLink>,
        album.year,
        words.tracks.songs(album.tracks),
        words.library.length(album.seconds),
      ]}
    >
      <PlayButtons tracks={{ from: 'album', id: album.id }} disabled={ids.length === 0} />
      <IconButton
        icon={Heart}
        label={words.library.likeAll}
        tooltip={isLiked ? words.library.unlikeAll : words.library.likeAll}
        pressed={isLiked}
        filled={isLiked}
        disabled={tracks.length === 0}
        onPress={() => void setLiked([...ids], !isLiked)}
      />
      <MenuButton
        label={words.library.moreFor(title)}
        button={<IconButton icon={Ellipsis} label={words.library.moreFor(title)} />}
        entries={menuOf(albumItem(album, words))}
      />
    </Hero>
  );
}

function OtherAlbums({ album }: { readonly album: Album }) {
  const words = useWords();
  const cache = useStores('library', (library) => library.albums);
  const { value: ids = noIds } = useAnswer('library.albumIds', {
    from: 'artist',
    id: album.artistId,
  });
  const rows = useListRows(cache, ids, 0, mostOthers);
  const items = [...ids.subarray(0, mostOthers)].flatMap((id) => {
    const other = id === album.id ? null : rows.get(id);
    return other ? [albumItem(other, words, 'year')] : [];
  });
  return (
    <Shelf
      title={words.library.moreBy(album.artist || words.tracks.unknownArtist)}
      items={items}
      all={{ screen: 'artist', id: album.artistId }}
    />
  );
}

function titleOf(album: Album, words: Words): string {
  return album.title || words.tracks.unknownAlbum;
}

/** The album's tracks in its order; none until all are known. */
function useTracks(ids: Uint32Array): readonly Track[] {
  const cache = useStores('library', (library) => library.tracks);
  const rows = useListRows(cache, ids);
  return useMemo(() => {
    const known = [...ids].flatMap((id) => rows.get(id) ?? []);
    return known.length === ids.length ? known : [];
  }, [ids, rows]);
}

/** A heading above the first track of each disc; none in an album of one disc. */
function discHeadings(
  tracks: readonly Track[],
  nameOf: (disc: number) => string,
): readonly Heading[] {
  const headings = tracks.flatMap(({ disc }, row) =>
    disc !== null && disc !== tracks[row - 1]?.disc ? [{ row, label: nameOf(disc) }] : [],
  );
  return headings.length > 1 ? headings : [];
}
