import type { LucideIcon } from 'lucide-react';
import {
  CircleUserRound,
  Disc3,
  FolderClosed,
  Heart,
  House,
  ListMusic,
  MicVocal,
  Music2,
  Search,
  Settings2,
  Tags,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Route } from '../route.ts';
import { RouteLink } from '../route-link.tsx';
import { MissingLine } from '../library/missing-tracks.tsx';
import { PlaylistRail } from '../playlists/playlist-rail.tsx';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import { ScanStatus } from './scan-status.tsx';
import './rail.css';

type RailScreen =
  'home' | 'search' | 'albums' | 'artists' | 'songs' | 'genres' | 'folders' | 'liked';

const links: readonly { readonly screen: RailScreen; readonly icon: LucideIcon }[] = [
  { screen: 'home', icon: House },
  { screen: 'search', icon: Search },
  { screen: 'albums', icon: Disc3 },
  { screen: 'artists', icon: MicVocal },
  { screen: 'songs', icon: Music2 },
  { screen: 'genres', icon: Tags },
  { screen: 'folders', icon: FolderClosed },
  { screen: 'liked', icon: Heart },
];

/**
 * The way to every screen, with long work and the account at its foot.
 * @param props.children stands above the foot
 */
export function Rail({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  const screen = useStores('shell', (shell) => shell.route.screen);
  return (
    <nav className="rail" aria-label={words.rail.main}>
      <div className="rail-mark">
        <ListMusic size={20} aria-hidden />
        <span className="rail-word">{words.shell.app}</span>
      </div>
      <div className="rail-places">
        <ul>
          {links.map(({ screen: to, icon: Icon }) => (
            <li key={to} title={words.rail[to]}>
              <RouteLink to={routeTo(to)} className="rail-link" current={screen === to}>
                <Icon size={18} aria-hidden />
                <span className="rail-word">{words.rail[to]}</span>
              </RouteLink>
            </li>
          ))}
        </ul>
        <div className="rail-playlists">
          <PlaylistRail />
        </div>
      </div>
      <MissingLine />
      <ScanStatus />
      {children}
      <RailFoot />
    </nav>
  );
}

function RailFoot() {
  const { shell: words } = useWords();
  const tier = useStores('account', ({ view }) => view.tier);
  const go = useStores('shell', (shell) => shell.go);
  return (
    <div className="rail-foot">
      <Button
        className="rail-account"
        aria-label={words.account}
        onPress={() => go({ screen: 'account' })}
      >
        <CircleUserRound size={18} aria-hidden />
        <span className="rail-word" aria-hidden>
          {words.account}
        </span>
      </Button>
      <span className="rail-tier" data-tier={tier}>
        {words[tier]}
      </span>
      <IconButton
        label={words.settings}
        icon={Settings2}
        onPress={() => go({ screen: 'settings' })}
      />
    </div>
  );
}

function routeTo(screen: RailScreen): Route {
  return screen === 'folders' ? { screen, source: null, path: '' } : { screen };
}
