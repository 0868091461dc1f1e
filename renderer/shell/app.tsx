import type { MainProcess } from '../main-process.ts';
import { allows } from '../../shared/tier.ts';
import { PremiumOffer } from '../account/premium-offer.tsx';
import { AdBreak, AdBreakArt } from '../ads/ad-break.tsx';
import { BannerSlot } from '../ads/banner-slot.tsx';
import { EditingDialog } from '../editing/editing-dialog.tsx';
import { NowPlayingPanel } from '../player/now-playing-panel.tsx';
import { PlayerBar } from '../player/player-bar.tsx';
import { QueuePanel } from '../player/queue/queue-panel.tsx';
import { QaPanel } from '../settings/qa-panel.tsx';
import { StartProblemDialog } from '../start/start-problem.tsx';
import { useStores } from '../stores.ts';
import { Announcer } from './announcer.tsx';
import { DropTarget } from './drop-target.tsx';
import { MiniPlayer, useIsMini } from './mini-player.tsx';
import { Rail } from './rail.tsx';
import { CurrentScreen } from './current-screen.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { useDocument } from './document.ts';
import { useShortcuts } from './shortcuts.ts';
import './app.css';

/** The whole window. */
export function App({ main }: { readonly main: MainProcess }) {
  const problem = useStores('shell', (shell) => shell.problem);
  const isMini = useIsMini();
  useDocument();
  if (problem !== null) return <StartProblemDialog problem={problem} />;
  if (isMini) {
    return (
      <>
        <MiniPlayer />
        <Announcer />
      </>
    );
  }
  return <Frame main={main} />;
}

function Frame({ main }: { readonly main: MainProcess }) {
  const spot = useStores('session', ({ view }) => view.adBreak);
  const panel = useStores('settings', ({ settings }) => settings.panel);
  const hasSlot = useStores('account', ({ view }) => !allows(view.tier, 'ad_free'));
  useShortcuts();
  return (
    <div className="frame">
      <Rail>{__QA__ && <QaPanel main={main} />}</Rail>
      <div className="frame-middle">
        <TopBar />
        <main className="frame-screen">
          <CurrentScreen />
        </main>
        {hasSlot && panel === 'none' && <BannerSlot shape="strip" />}
      </div>
      {panel !== 'none' && (
        <div className="frame-right">
          {panel === 'queue' ? (
            <QueuePanel />
          ) : (
            <NowPlayingPanel spot={spot && <AdBreakArt spot={spot} />} />
          )}
          {hasSlot && <BannerSlot shape="box" />}
        </div>
      )}
      <div className="frame-bar">
        <PlayerBar spot={spot && <AdBreak spot={spot} />} />
      </div>
      <Toasts />
      <Announcer />
      <DropTarget />
      <PremiumOffer />
      <EditingDialog />
      <ShortcutsDialog />
    </div>
  );
}
