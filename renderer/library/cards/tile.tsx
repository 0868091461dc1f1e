import { addressOf } from '../../route.ts';
import { useStores } from '../../stores.ts';
import { carryTracks } from '../../track-drag.ts';
import { Cover } from '../../ui/cover.tsx';
import type { CardItem } from './card-item.ts';
import type { CardPlace } from './card.tsx';
import { PlayCard } from './card.tsx';
import './tile.css';

/** A wide card in a colour of its own, with its name on it: for genres, which have no art. */
export function Tile({ item, place }: { readonly item: CardItem; readonly place: CardPlace }) {
  const go = useStores('shell', (shell) => shell.go);
  return (
    <article className="card tile-card">
      <a
        className="tile-link"
        href={`#${addressOf(item.to)}`}
        style={{ '--tile-hue': hueOf(item.title) }}
        draggable
        onDragStart={(event) => carryTracks(event.dataTransfer, item.tracks)}
        onClick={(event) => {
          event.preventDefault();
          go(item.to);
        }}
        {...place}
      >
        <span className="tile-name">{item.title}</span>
        <span className="tile-count">{item.note}</span>
        <span className="tile-cover">
          <Cover hash={item.covers[0] ?? null} title={item.title} size={320} decorative />
        </span>
      </a>
      <PlayCard title={item.title} tracks={item.tracks} />
    </article>
  );
}

/** Degrees on the colour wheel, the same for the same name. */
function hueOf(name: string): number {
  const sum = Array.from(name).reduce(
    (hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3_600_000,
    7,
  );
  return (sum * 47) % 360;
}

declare module 'react' {
  interface CSSProperties {
    '--tile-hue'?: number;
  }
}
