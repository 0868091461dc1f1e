import { AccountScreen } from '../account/account-screen.tsx';
import { Ledger } from '../ads/ledger.tsx';
import { assertNever } from '../../shared/errors.ts';
import { AlbumScreen } from '../library/album-screen.tsx';
import { AlbumsScreen } from '../library/albums-screen.tsx';
import { WriteRatings } from '../editing/write-ratings.tsx';
import { useAnswer } from '../library/answers.ts';
import { ArtistScreen } from '../library/artist-screen.tsx';
import { ArtistsScreen } from '../library/artists-screen.tsx';
import { DuplicatesScreen } from '../library/duplicates-screen.tsx';
import { FoldersScreen } from '../library/folders-screen.tsx';
import { GenreScreen } from '../library/genre-screen.tsx';
import { GenresScreen } from '../library/genres-screen.tsx';
import { HomeScreen } from '../library/home-screen.tsx';
import { LikedScreen } from '../library/liked-screen.tsx';
import { SearchScreen } from '../library/search-screen.tsx';
import { SongsScreen } from '../library/songs-screen.tsx';
import { PlaylistScreen } from '../library/playlist-screen.tsx';
import { FiguresScreen } from '../noted/figures-screen.tsx';
import { NotedChoice } from '../noted/noted-choice.tsx';
import { NotedScreen } from '../noted/noted-screen.tsx';
import { Section, SettingsScreen } from '../settings/settings-screen.tsx';
import { SoundLink } from '../sound/sound-link.tsx';
import { SoundScreen } from '../sound/sound-screen.tsx';
import { FirstRun } from '../start/first-run.tsx';
import { useStores, useWords } from '../stores.ts';

/** The screen of the present route. The key makes each place in the trail a screen of its own. */
export function CurrentScreen() {
  const place = useStores('shell', (shell) => shell.place);
  return <RouteScreen key={place} />;
}

function RouteScreen() {
  const { ledger, editing, sound, noted } = useWords();
  const route = useStores('shell', (shell) => shell.route);
  switch (route.screen) {
    case 'home':
      return <HomeOrFirstRun />;
    case 'search':
      return <SearchScreen />;
    case 'albums':
      return <AlbumsScreen />;
    case 'artists':
      return <ArtistsScreen />;
    case 'songs':
      return <SongsScreen />;
    case 'genres':
      return <GenresScreen />;
    case 'liked':
      return <LikedScreen />;
    case 'duplicates':
      return <DuplicatesScreen />;
    case 'album':
      return <AlbumScreen id={route.id} />;
    case 'artist':
      return <ArtistScreen id={route.id} />;
    case 'genre':
      return <GenreScreen id={route.id} />;
    case 'playlist':
      return <PlaylistScreen id={route.id} />;
    case 'folders':
      return <FoldersScreen source={route.source} path={route.path} />;
    case 'account':
      return <AccountScreen />;
    case 'sound':
      return <SoundScreen />;
    case 'noted':
      return <NotedScreen />;
    case 'figures':
      return <FiguresScreen />;
    case 'settings':
      return (
        <SettingsScreen>
          <Section title={sound.title}>
            <SoundLink />
          </Section>
          <Section title={editing.ratingsHeading}>
            <WriteRatings />
          </Section>
          <Section title={ledger.title}>
            <Ledger />
          </Section>
          <Section title={noted.title}>
            <NotedChoice />
          </Section>
        </SettingsScreen>
      );
    default:
      return assertNever(route);
  }
}

function HomeOrFirstRun() {
  const { value: sources } = useAnswer('library.sources');
  return sources?.length === 0 ? <FirstRun /> : <HomeScreen />;
}
