import type { ReactNode } from 'react';
import { coverUrl } from '../../shared/urls.ts';
import './hero.css';

/** The head of a page about one thing: its art large, its name, what it is, what to do with it. */
export function Hero({
  kind,
  title,
  art,
  ground = null,
  round = false,
  notes,
  children,
}: {
  readonly kind: string;
  /** A heading of level 1, or a field in its place. */
  readonly title: ReactNode;
  readonly art: ReactNode;
  /** Hash of the cover whose colours lie behind it all. */
  readonly ground?: string | null;
  readonly round?: boolean;
  /** Shown in one line with dots between; null ones are left out. */
  readonly notes: readonly ReactNode[];
  readonly children: ReactNode;
}) {
  return (
    <header className="hero">
      {ground !== null && (
        <div className="hero-ground" aria-hidden>
          <img src={coverUrl(ground, 96)} alt="" />
        </div>
      )}
      <div className={`hero-art ${round ? 'hero-art-round' : ''}`}>{art}</div>
      <div className="hero-text">
        <p className="hero-kind">{kind}</p>
        {title}
        <ul className="hero-notes">
          {notes.map((note, place) => note !== null && <li key={place}>{note}</li>)}
        </ul>
        <div className="hero-actions">{children}</div>
      </div>
    </header>
  );
}

export function HeroTitle({ children }: { readonly children: string }) {
  return (
    <h1 className={`hero-title ${children.length > 28 ? 'hero-title-long' : ''}`}>{children}</h1>
  );
}
