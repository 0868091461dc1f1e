import { Play } from 'lucide-react';
import type { Track } from '../../shared/track.ts';
import { useStores, useWords } from '../stores.ts';
import { Cover } from '../ui/cover.tsx';
import { useContextMenu } from '../ui/menu.tsx';
import { Section } from './screen.tsx';
import { useTrackMenu } from './tracks/track-menu.ts';
import './track-tiles.css';

const mostTiles = 12;

/** A few tracks, small and beside each other; a press plays them from there. */
export function TrackTiles({
  title,
  tracks,
}: {
  readonly title: string;
  readonly tracks: readonly Track[];
}) {
  const words = useWords();
  const play = useStores('session', (session) => session.play);
  const { open, menu } = useContextMenu(words.tracks.menu);
  const menuOf = useTrackMenu();
  const shown = tracks.slice(0, mostTiles);
  const list = { from: 'tracks', ids: shown.map(({ id }) => id) } as const;
  if (shown.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="tiles">
        {shown.map((track, place) => (
          <li key={track.id}>
            <button
              type="button"
              className="tile"
              onClick={() => void play(list, place)}
              onContextMenu={(event) =>
                open(
                  event,
                  menuOf({
                    tracks: { from: 'tracks', ids: [track.id] },
                    ids: [track.id],
                    track,
                    suggestion: track.album,
                    play: () => void play(list, place),
                  }),
                )
              }
            >
              <span className="tile-art">
                <Cover hash={track.cover} title={track.album} size={96} decorative />
                <Play size={16} fill="currentColor" aria-hidden />
              </span>
              <span className="sr-only">{words.tracks.play}</span>
              <span className="tile-text">
                <span className="tile-title ellipsis">{track.title}</span>
                <span className="tile-note ellipsis">{track.artist}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {menu}
    </Section>
  );
}
