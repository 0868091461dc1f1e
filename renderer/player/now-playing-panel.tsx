import { Disc3 } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { Track } from '../../shared/track.ts';
import { RouteLink } from '../route-link.tsx';
import { useStores, useWords } from '../stores.ts';
import { Cover } from '../ui/cover.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { Stars } from '../ui/stars.tsx';
import { TrackFacts } from './track-facts.tsx';
import './now-playing-panel.css';

/** @param props.spot stands in the place of the art during an ad break, else null */
export function NowPlayingPanel({ spot }: { readonly spot: ReactNode }) {
  const words = useWords();
  const track = useStores('session', ({ view }) => view.now?.track ?? null);
  const next = useStores('session', ({ view }) => view.next?.track ?? null);
  const changeSettings = useStores('settings', (settings) => settings.change);
  return (
    <SidePanel
      label={words.nowPlaying.region}
      {...(track !== null && spot === null && { title: track.album || words.tracks.unknownAlbum })}
      closeLabel={words.shell.close}
      onClose={() => void changeSettings({ panel: 'none' })}
    >
      {track === null ? (
        <EmptyState icon={Disc3} title={words.player.nothing} text={words.player.nothingText} />
      ) : (
        // Scrollable, so the keyboard has to reach it.
        <div className="now-panel" tabIndex={0}>
          {spot ?? <Playing track={track} />}
          {next !== null && <Following track={next} />}
        </div>
      )}
    </SidePanel>
  );
}

function Playing({ track }: { readonly track: Track }) {
  const words = useWords();
  return (
    <>
      <RouteLink to={{ screen: 'album', id: track.albumId }} className="now-panel-art">
        <Cover hash={track.cover} title={track.album} size={1000} />
      </RouteLink>
      <h3 className="now-panel-title" title={track.title}>
        {track.title}
      </h3>
      <RouteLink to={{ screen: 'artist', id: track.artistId }} className="now-panel-artist ui-link">
        {track.artist || words.tracks.unknownArtist}
      </RouteLink>
      <Rating track={track} />
      <TrackFacts track={track} />
    </>
  );
}

function Rating({ track }: { readonly track: Track }) {
  const { rating: words } = useWords();
  const tracks = useStores('library', (library) => library.tracks);
  const setRating = useStores('library', (library) => library.setRating);
  const rows = useSyncExternalStore(tracks.subscribe, tracks.current);
  const row = rows.get(track.id) ?? track;
  return (
    <Stars
      label={words.group}
      value={row.rating ?? 0}
      nameOf={words.stars}
      noneLabel={words.none}
      onChange={(stars) => void setRating([track.id], stars)}
    />
  );
}

function Following({ track }: { readonly track: Track }) {
  const { nowPlaying: words } = useWords();
  return (
    <section className="now-panel-next">
      <h3 className="now-panel-next-head">{words.next}</h3>
      <div className="now-panel-next-row">
        <Cover hash={track.cover} title={track.album} size={96} decorative />
        <div>
          <div className="ellipsis">{track.title}</div>
          <div className="now-by ellipsis">{track.artist}</div>
        </div>
      </div>
    </section>
  );
}
