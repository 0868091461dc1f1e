import { Maximize2 } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { AdBreak } from '../ads/ad-break.tsx';
import { NowInfo } from '../player/now-info.tsx';
import { SeekBar } from '../player/seek-bar.tsx';
import { Transport } from '../player/transport.tsx';
import { Volume } from '../player/volume.tsx';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { useShortcuts } from './shortcuts.ts';
import './mini-player.css';

/**
 * The window as it is when main has made it small: what plays and its buttons. Whatever needs more
 * room than that, a link or an offer, brings the whole window back.
 */
export function MiniPlayer() {
  const words = useWords();
  const spot = useStores('session', ({ view }) => view.adBreak);
  const route = useStores('shell', (shell) => shell.route);
  const offered = useStores('shell', (shell) => shell.offered);
  const toggleMini = useStores('shell', (shell) => shell.toggleMini);
  const listShown = useStores('shell', (shell) => shell.shortcutsShown);
  const firstRoute = useRef(route);
  useShortcuts();

  useEffect(() => {
    if (route !== firstRoute.current || offered !== null || listShown) void toggleMini();
  }, [route, offered, listShown, toggleMini]);

  return (
    <section className="mini" aria-label={words.player.region}>
      <div className="mini-now">
        {spot === null ? <NowInfo /> : <AdBreak spot={spot} />}
        <IconButton
          label={words.desktop.whole}
          icon={Maximize2}
          iconSize={14}
          size="small"
          onPress={() => void toggleMini()}
        />
      </div>
      <SeekBar />
      <div className="mini-buttons">
        <Transport />
        <Volume />
      </div>
    </section>
  );
}

/** No window of ours is as low as this but the mini player's. */
const mini = window.matchMedia('(height <= 300px)');

export function useIsMini(): boolean {
  return useSyncExternalStore(followMini, () => mini.matches);
}

function followMini(changed: () => void): () => void {
  mini.addEventListener('change', changed);
  return () => mini.removeEventListener('change', changed);
}
