import { Heart } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { Id, Track } from '../../../shared/track.ts';
import { useWords } from '../../stores.ts';
import { clockText } from '../../ui/clock-text.ts';
import { Cover } from '../../ui/cover.tsx';
import type { Column } from './columns.ts';

/** How a row stands to what plays. */
export type Playing = 'no' | 'playing' | 'paused';

export interface TrackRowProps {
  readonly id: string;
  /** Its place in the list, from 0. */
  readonly row: number;
  readonly top: number;
  /** Not to be seen, only to be read out. */
  readonly aside: boolean;
  readonly columns: readonly Column[];
  /** Not known yet: the row is a placeholder, and as light as can be, for a fast scroll. */
  readonly track: Track | undefined;
  readonly selected: boolean;
  readonly active: boolean;
  readonly playing: Playing;
  readonly like: (id: Id, liked: boolean) => void;
}

/**
 * One row. It listens to nothing but its heart: selecting, playing, dragging and the menu are the
 * grid's, which finds the row by `data-row`. Names are no links, so that a click anywhere selects.
 */
export const TrackRow = memo(function TrackRow(props: TrackRowProps) {
  const { id, row, top, aside, columns, track, selected, active, playing } = props;
  return (
    <div
      id={id}
      role="row"
      // The header is the first row.
      aria-rowindex={row + 2}
      aria-selected={selected}
      {...(playing !== 'no' && { 'aria-current': true })}
      {...(track?.away === true && { 'data-away': true })}
      {...(active && { 'data-active': true })}
      className={aside ? 'track-row track-row-aside' : 'track-row'}
      data-row={row}
      data-playing={playing}
      draggable={track !== undefined}
      style={{ top }}
    >
      {track === undefined ? (
        <div role="gridcell" aria-colspan={columns.length} className="track-placeholder" />
      ) : (
        columns.map((column) => (
          <div key={column} role="gridcell" className={`track-cell track-cell-${column}`}>
            {cellOf(column, track, props)}
          </div>
        ))
      )}
    </div>
  );
});

function cellOf(column: Column, track: Track, props: TrackRowProps): ReactNode {
  switch (column) {
    case 'number':
      return <NumberCell number={track.track} playing={props.playing} />;
    case 'title':
      return <TitleCell track={track} props={props} />;
    case 'artist':
      return track.artist;
    case 'album':
      return track.album;
    case 'year':
      return track.year;
    case 'plays':
      return track.plays === 0 ? null : track.plays.toLocaleString();
    case 'rating':
      return <Rating stars={track.rating} />;
    case 'liked':
      return <LikeButton track={track} like={props.like} />;
    case 'seconds':
      return clockText(track.seconds);
  }
}

function TitleCell({ track, props }: { readonly track: Track; readonly props: TrackRowProps }) {
  const words = useWords().tracks;
  const withArt = !props.columns.includes('number');
  return (
    <>
      {withArt && (
        <span className="track-art">
          <Cover hash={track.cover} title={track.album} size={96} decorative />
          {props.playing !== 'no' && <PlayingBars />}
        </span>
      )}
      <span className="ellipsis" {...(track.away && { title: words.away })}>
        {track.title}
      </span>
    </>
  );
}

function NumberCell({
  number,
  playing,
}: {
  readonly number: number | null;
  readonly playing: Playing;
}) {
  return playing === 'no' ? number : <PlayingBars />;
}

function Rating({ stars }: { readonly stars: number | null }) {
  const words = useWords().rating;
  if (stars === null) return null;
  return (
    <span className="track-stars">
      <span aria-hidden>{'★'.repeat(stars)}</span>
      <span className="sr-only">{words.stars(stars)}</span>
    </span>
  );
}

function PlayingBars() {
  return (
    <span className="track-bars" aria-hidden>
      <i />
      <i />
      <i />
    </span>
  );
}

function LikeButton({
  track,
  like,
}: {
  readonly track: Track;
  readonly like: TrackRowProps['like'];
}) {
  const words = useWords().tracks;
  return (
    <button
      type="button"
      className="track-like"
      tabIndex={-1}
      aria-label={words.like}
      aria-pressed={track.liked}
      title={track.liked ? words.unlike : words.like}
      onClick={(event) => {
        event.stopPropagation();
        like(track.id, !track.liked);
      }}
    >
      <Heart size={16} aria-hidden fill={track.liked ? 'currentColor' : 'none'} />
    </button>
  );
}
