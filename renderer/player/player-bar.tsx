import { AudioLines, Disc3, ListMusic, PictureInPicture2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { MoreMenu } from './more-menu.tsx';
import { NowInfo } from './now-info.tsx';
import { OutputMenu } from './output-menu.tsx';
import { SeekBar } from './seek-bar.tsx';
import { Transport } from './transport.tsx';
import { Volume } from './volume.tsx';
import './player-bar.css';

/** @param props.spot what stands in the place of title and art during an ad break, else null */
export function PlayerBar({ spot }: { readonly spot: ReactNode }) {
  const words = useWords();
  return (
    <section className="bar" aria-label={words.player.region}>
      <div className="bar-leading">{spot ?? <NowInfo />}</div>
      <div className="bar-middle">
        <Transport />
        <SeekBar />
      </div>
      <div className="bar-trailing">
        <Seldom>
          <PanelButton panel="now-playing" />
        </Seldom>
        <PanelButton panel="queue" />
        <Seldom>
          <SoundButton />
        </Seldom>
        <Seldom>
          <OutputMenu />
        </Seldom>
        <MoreMenu />
        <Volume />
        <Seldom>
          <MiniButton />
        </Seldom>
      </div>
    </section>
  );
}

/** In a narrow window it is in the menu only. */
function Seldom({ children }: { readonly children: ReactNode }) {
  return <div className="bar-seldom">{children}</div>;
}

function SoundButton() {
  const { player } = useWords();
  const isThere = useStores('shell', ({ route }) => route.screen === 'sound');
  const go = useStores('shell', (shell) => shell.go);
  const back = useStores('shell', (shell) => shell.back);
  return (
    <IconButton
      label={player.sound}
      icon={AudioLines}
      pressed={isThere}
      onPress={() => (isThere ? back() : go({ screen: 'sound' }))}
    />
  );
}

function MiniButton() {
  const { desktop } = useWords();
  const toggleMini = useStores('shell', (shell) => shell.toggleMini);
  return (
    <IconButton label={desktop.mini} icon={PictureInPicture2} onPress={() => void toggleMini()} />
  );
}

function PanelButton({ panel }: { readonly panel: 'queue' | 'now-playing' }) {
  const words = useWords();
  const isOpen = useStores('settings', ({ settings }) => settings.panel === panel);
  const change = useStores('settings', (settings) => settings.change);
  return (
    <IconButton
      label={panel === 'queue' ? words.player.queue : words.player.nowPlaying}
      icon={panel === 'queue' ? ListMusic : Disc3}
      pressed={isOpen}
      onPress={() => void change({ panel: isOpen ? 'none' : panel })}
    />
  );
}
