import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Artist } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { AlbumCards } from './albums-screen.tsx';
import { useAnswer, useRow } from './answers.ts';
import { artistItem } from './cards/card-item.ts';
import { useItemMenu } from './cards/item-card.tsx';
import { Gone } from './gone.tsx';
import { Hero, HeroTitle } from './hero.tsx';
import { PlayButtons } from './play-buttons.tsx';
import { Screen, Section } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';

export function ArtistScreen({ id }: { readonly id: Id }) {
  const words = useWords();
  const artists = useStores('library', (library) => library.artists);
  const artist = useRow(artists, id);
  const { value: albumIds, failed } = useAnswer('library.albumIds', { from: 'artist', id });

  if (artist === null || failed === 'not_found') return <Gone />;
  if (artist === undefined) return <Screen key={id}>{null}</Screen>;
  return (
    <Screen key={id}>
      <ArtistHero artist={artist} />
      <TopTracks artist={artist} />
      {albumIds !== undefined && albumIds.length > 0 && (
        <Section title={words.rail.albums}>
          <AlbumCards label={words.rail.albums} ids={albumIds} note="year" />
        </Section>
      )}
    </Screen>
  );
}

function ArtistHero({ artist }: { readonly artist: Artist }) {
  const words = useWords();
  const menuOf = useItemMenu();
  const name = artist.name || words.tracks.unknownArtist;
  return (
    <Hero
      kind={words.library.artist}
      title={<HeroTitle>{name}</HeroTitle>}
      art={<Cover hash={artist.cover} title={name} size={1000} decorative />}
      ground={artist.cover}
      round
      notes={[
        artist.albums > 0 ? words.library.albums(artist.albums) : null,
        words.tracks.songs(artist.tracks),
      ]}
    >
      <PlayButtons tracks={{ from: 'artist', id: artist.id }} />
      <MenuButton
        label={words.library.moreFor(name)}
        button={<IconButton icon={Ellipsis} label={words.library.moreFor(name)} />}
        entries={menuOf(artistItem(artist, words))}
      />
    </Hero>
  );
}

const fewTracks = 5;

function TopTracks({ artist }: { readonly artist: Artist }) {
  const words = useWords();
  const [showsAll, setShowsAll] = useState(false);
  const list = { from: 'artist', id: artist.id, sort: mostPlayed } as const;
  const { value: ids } = useAnswer('library.trackIds', list);
  if (ids === undefined) return null;
  return (
    <Section
      title={words.rail.songs}
      aside={
        ids.length > fewTracks &&
        !showsAll && (
          <Button look="quiet" onPress={() => setShowsAll(true)}>
            {words.library.showAll}
          </Button>
        )
      }
    >
      <TrackGrid
        label={artist.name || words.tracks.unknownArtist}
        list={list}
        ids={ids}
        suggestion={artist.name}
        {...(!showsAll && { shownAtMost: fewTracks })}
      />
    </Section>
  );
}

const mostPlayed = { by: 'plays', descending: true } as const;
