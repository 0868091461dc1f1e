import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/errors.ts';
import type { SearchTop } from '../../shared/library.ts';
import type { TrackList } from '../../shared/track.ts';
import type { Words } from '../../shared/words/en.ts';
import { RouteLink } from '../route-link.tsx';
import type { Route } from '../route.ts';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';
import { Collage } from './cards/collage.tsx';

/** What was most likely meant, large. */
export function TopResult({ top }: { readonly top: SearchTop }) {
  const words = useWords();
  const play = useStores('session', (session) => session.play);
  const { to, title, note, art, tracks } = describe(top, words);
  return (
    <section className="search-best" aria-label={words.library.topResult}>
      <h2>{words.library.topResult}</h2>
      <div className={`search-best-art ${top.kind === 'artist' ? 'search-best-art-round' : ''}`}>
        {art}
      </div>
      <div className="search-best-text">
        <RouteLink to={to} className="search-best-title">
          {title}
        </RouteLink>
        <p className="search-best-note ellipsis">{note}</p>
      </div>
      <IconButton
        className="search-best-play"
        icon={Play}
        filled
        active
        size="large"
        label={words.library.playThis(title)}
        onPress={() => void play(tracks, 0)}
      />
    </section>
  );
}

interface Description {
  readonly to: Route;
  readonly title: string;
  readonly note: string;
  readonly art: ReactNode;
  readonly tracks: TrackList;
}

function describe(top: SearchTop, words: Words): Description {
  switch (top.kind) {
    case 'track': {
      const { id, title, artist, album, albumId, cover } = top.track;
      return {
        to: { screen: 'album', id: albumId },
        title,
        note: `${words.library.song} · ${artist}`,
        art: <Cover hash={cover} title={album} size={320} decorative />,
        tracks: { from: 'tracks', ids: [id] },
      };
    }
    case 'album': {
      const { id, title, artist, cover } = top.album;
      return {
        to: { screen: 'album', id },
        title,
        note: `${words.library.album} · ${artist}`,
        art: <Cover hash={cover} title={title} size={320} decorative />,
        tracks: { from: 'album', id },
      };
    }
    case 'artist': {
      const { id, name, cover } = top.artist;
      return {
        to: { screen: 'artist', id },
        title: name,
        note: words.library.artist,
        art: <Cover hash={cover} title={name} size={320} decorative />,
        tracks: { from: 'artist', id },
      };
    }
    case 'playlist': {
      const { id, name, covers } = top.playlist;
      return {
        to: { screen: 'playlist', id },
        title: name,
        note: words.library.playlist,
        art: <Collage title={name} covers={covers} />,
        tracks: { from: 'playlist', id },
      };
    }
    default:
      return assertNever(top);
  }
}
