import { useEffect } from 'react';
import { accentFor } from '../player/artwork-accent.ts';
import { useStores, useWords } from '../stores.ts';

/** Keeps what lies around React true: the title, the theme, the tier and the accent. */
export function useDocument(): void {
  const { player, shell } = useWords();
  const view = useStores('session', (session) => session.view);
  const theme = useStores('settings', ({ settings }) => settings.theme);
  const tier = useStores('account', ({ view: account }) => account.tier);
  const root = document.documentElement;

  const track = view.status === 'playing' && view.adBreak === null ? view.now?.track : undefined;
  const title = track ? player.windowTitle(track.title, track.artist) : shell.app;
  useEffect(() => {
    document.title = title;
  }, [title]);

  useEffect(() => {
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }, [root, theme]);

  useEffect(() => {
    root.dataset['tier'] = tier;
  }, [root, tier]);

  const cover = view.now?.track.cover ?? null;
  useEffect(() => {
    let isWanted = true;
    void accentFor(cover).then((accent) => {
      if (!isWanted) return;
      for (const theme of ['light', 'dark'] as const) {
        if (accent === null) root.style.removeProperty(`--accent-${theme}`);
        else root.style.setProperty(`--accent-${theme}`, accent[theme]);
      }
    });
    return () => {
      isWanted = false;
    };
  }, [root, cover]);
}
