import {
  AudioLines,
  Check,
  CircleStop,
  Disc3,
  Ellipsis,
  Moon,
  PictureInPicture2,
  Speaker,
} from 'lucide-react';
import { useState } from 'react';
import type { Sleep } from '../../shared/session.ts';
import type { Words } from '../../shared/words/en.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { useOutputChoice } from './output-menu.tsx';
import { SleepDialog } from './sleep-dialog.tsx';

const minuteChoices = [5, 15, 30, 45, 60] as const;
const longerMinutes = [5, 15] as const;
const mostMinutes = 24 * 60;

/** What is seldom used; while the sleep timer runs it stands beside it with what is left. */
export function MoreMenu() {
  const { player, desktop } = useWords();
  const { sleep, stopAfter, now } = useStores('session', (session) => session.view);
  const toggleStop = useStores('session', (session) => session.toggleStopAfterCurrent);
  const [isAsking, setAsking] = useState(false);
  const sleepEntries = useSleepEntries(() => setAsking(true));
  const output = useOutputChoice();
  const isOpen = useStores('settings', ({ settings }) => settings.panel === 'now-playing');
  const change = useStores('settings', (settings) => settings.change);
  const go = useStores('shell', (shell) => shell.go);
  const toggleMini = useStores('shell', (shell) => shell.toggleMini);
  const stopsHere = now !== null && stopAfter === now.entry;
  return (
    <>
      {sleep !== null && (
        <MenuButton
          button={
            <Button look="quiet" icon={Moon} className="sleep-left tabular">
              <span className="sr-only">{sleepName(sleep, player)}</span>
              <span aria-hidden>{sleepText(sleep, player)}</span>
            </Button>
          }
          label={player.sleep}
          entries={sleepEntries}
        />
      )}
      <MenuButton
        button={<IconButton label={player.more} icon={Ellipsis} active={stopAfter !== null} />}
        label={player.more}
        onOpen={output.look}
        entries={[
          { label: player.sleep, icon: Moon, items: sleepEntries },
          {
            label: player.stopAfterCurrent,
            icon: stopsHere ? Check : CircleStop,
            keys: 'Ctrl+.',
            disabled: now === null,
            onAction: () => void toggleStop(),
          },
          'separator',
          {
            label: player.nowPlaying,
            icon: Disc3,
            onAction: () => void change({ panel: isOpen ? 'none' : 'now-playing' }),
          },
          { label: player.sound, icon: AudioLines, onAction: () => go({ screen: 'sound' }) },
          { label: player.output, icon: Speaker, items: output.entries },
          { label: desktop.mini, icon: PictureInPicture2, onAction: () => void toggleMini() },
        ]}
      />
      {isAsking && <SleepDialog onClose={() => setAsking(false)} />}
    </>
  );
}

function useSleepEntries(ask: () => void): readonly MenuEntry[] {
  const { player } = useWords();
  const sleep = useStores('session', ({ view }) => view.sleep);
  const setSleep = useStores('session', (session) => session.setSleep);
  const entry = (label: string, wish: Sleep | null): MenuEntry => ({
    label,
    ...(wish?.kind === sleep?.kind && wish?.kind !== 'time' && sleep !== null && { icon: Check }),
    onAction: () => void setSleep(wish),
  });
  const inMinutes = (minutes: number): Sleep => ({
    kind: 'time',
    minutes: Math.min(mostMinutes, minutes),
  });
  const running: readonly MenuEntry[] =
    sleep === null
      ? []
      : [
          entry(player.sleepOff, null),
          ...longerMinutes.flatMap((minutes) =>
            sleep.kind === 'time'
              ? [entry(player.sleepLonger(minutes), inMinutes(sleep.minutes + minutes))]
              : [],
          ),
          'separator',
        ];
  return [
    ...running,
    entry(player.sleepTrack, { kind: 'track' }),
    entry(player.sleepAlbum, { kind: 'album' }),
    'separator',
    ...minuteChoices.map((minutes) => entry(player.sleepIn(minutes), inMinutes(minutes))),
    { label: player.sleepOwn, onAction: ask },
  ];
}

function sleepText(sleep: Sleep, words: Words['player']): string {
  return sleep.kind === 'time' ? words.sleepMinutes(sleep.minutes) : words.sleepShown[sleep.kind];
}

function sleepName(sleep: Sleep, words: Words['player']): string {
  return sleep.kind === 'time' ? words.sleepsIn(sleep.minutes) : words.sleepsAt[sleep.kind];
}
