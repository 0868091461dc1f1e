import { useStores, useWords } from '../stores.ts';

/** Speaks to screen readers, politely, of what changes without their doing. */
export function Announcer() {
  const words = useWords();
  const view = useStores('session', (session) => session.view);
  const track = view.status === 'playing' ? view.now?.track : undefined;
  const text =
    view.adBreak !== null
      ? words.ads.announced(view.adBreak.advertiser)
      : track && words.player.announced(track.title, track.artist);
  return (
    <div className="sr-only" aria-live="polite">
      {text}
    </div>
  );
}
