import { Play } from 'lucide-react';
import type { DragEvent, MouseEvent, ReactNode, Ref } from 'react';
import type { TrackList } from '../../../shared/track.ts';
import { addressOf, type Route } from '../../route.ts';
import { useStores, useWords } from '../../stores.ts';
import { carryTracks } from '../../track-drag.ts';
import './card.css';

export interface CardPlace {
  /** Only one card of a set is a tab stop. */
  readonly tabIndex: 0 | -1;
  readonly onFocus: () => void;
  readonly ref: Ref<HTMLAnchorElement>;
  readonly onContextMenu: (event: MouseEvent) => void;
}

/**
 * Art with a name below: the whole card leads to its page, the button on the art plays it.
 * @param props.round for people
 */
export function Card({
  to,
  title,
  note,
  art,
  tracks,
  round = false,
  away = false,
  place,
}: {
  readonly to: Route;
  readonly title: string;
  readonly note: string;
  readonly art: ReactNode;
  readonly tracks: TrackList;
  readonly round?: boolean;
  readonly away?: boolean;
  readonly place: CardPlace;
}) {
  const go = useStores('shell', (shell) => shell.go);

  function follow(event: MouseEvent): void {
    event.preventDefault();
    go(to);
  }
  function drag(event: DragEvent): void {
    carryTracks(event.dataTransfer, tracks);
  }
  return (
    <article className={`card ${round ? 'card-round' : ''}`} {...(away && { 'data-away': true })}>
      <a
        className="card-link"
        href={`#${addressOf(to)}`}
        draggable
        onDragStart={drag}
        onClick={follow}
        {...place}
      >
        <div className="card-art">{art}</div>
        <div className="card-title ellipsis" title={title}>
          {title}
        </div>
        <div className="card-note ellipsis">{note}</div>
      </a>
      <PlayCard title={title} tracks={tracks} />
    </article>
  );
}

/** For the pointer: by keyboard it is in the card's menu. */
export function PlayCard({
  title,
  tracks,
}: {
  readonly title: string;
  readonly tracks: TrackList;
}) {
  const words = useWords().library;
  const play = useStores('session', (session) => session.play);
  return (
    <button
      type="button"
      className="card-play"
      tabIndex={-1}
      aria-label={words.playThis(title)}
      onClick={() => void play(tracks, 0)}
    >
      <Play size={18} fill="currentColor" aria-hidden />
    </button>
  );
}
