import { Heart, Music2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { Track } from '../../shared/track.ts';
import { RouteLink } from '../route-link.tsx';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';

/** What plays now: art, title, artist and album, and the heart. */
export function NowInfo() {
  const words = useWords();
  const track = useStores('session', ({ view }) => view.now?.track ?? null);
  if (track === null) {
    return (
      <div className="now">
        <div className="now-art-none">
          <Music2 size={22} aria-hidden />
        </div>
        <div>
          <div className="now-title ellipsis">{words.player.nothing}</div>
          <div className="now-by ellipsis">{words.player.nothingText}</div>
        </div>
      </div>
    );
  }
  return (
    <div className="now">
      <RouteLink to={{ screen: 'album', id: track.albumId }} className="now-art">
        <Cover hash={track.cover} title={track.album} size={96} />
      </RouteLink>
      <div className="now-text">
        <div className="now-title ellipsis" data-testid="now-title" title={track.title}>
          {track.title}
        </div>
        <div className="now-by">
          <RouteLink to={{ screen: 'artist', id: track.artistId }}>
            <span className="ellipsis" data-testid="now-artist">
              {track.artist || words.tracks.unknownArtist}
            </span>
          </RouteLink>
          <RouteLink to={{ screen: 'album', id: track.albumId }}>
            <span className="ellipsis" data-testid="now-album">
              {track.album || words.tracks.unknownAlbum}
            </span>
          </RouteLink>
        </div>
      </div>
      <LikeButton track={track} />
    </div>
  );
}

function LikeButton({ track }: { readonly track: Track }) {
  const words = useWords();
  const tracks = useStores('library', (library) => library.tracks);
  const setLiked = useStores('library', (library) => library.setLiked);
  const rows = useSyncExternalStore(tracks.subscribe, tracks.current);
  const liked = rows.get(track.id)?.liked ?? track.liked;
  return (
    <IconButton
      label={liked ? words.player.unlike : words.player.like}
      icon={Heart}
      iconSize={16}
      size="small"
      filled={liked}
      active={liked}
      onPress={() => void setLiked([track.id], !liked)}
    />
  );
}
