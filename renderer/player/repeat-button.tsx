import { ChevronUp, ListX, Repeat, Repeat1, RotateCcw, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { RepeatMode } from '../../shared/session.ts';
import { allows } from '../../shared/tier.ts';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { MenuButton, useContextMenu } from '../ui/menu.tsx';
import { LoopDialog } from './loop-dialog.tsx';
import './repeat-button.css';

const modes = ['off', 'all', 'track'] as const satisfies readonly RepeatMode[];
const following = { off: 'all', all: 'track', track: 'off' } as const satisfies Record<
  RepeatMode,
  RepeatMode
>;
const counts = [2, 3, 5, 10] as const;

/**
 * Repeat as everybody knows it, and a menu with the rest beside it and on its right button. What the
 * tier forbids is main's to say: the refusal opens the offer.
 */
export function RepeatButton() {
  const { player } = useWords();
  const { repeat, timesLeft, marked } = useStores('session', (session) => session.view);
  const setRepeat = useStores('session', (session) => session.setRepeat);
  const [isAsking, setAsking] = useState(false);
  const entries = useRepeatEntries(() => setAsking(true));
  const context = useContextMenu(player.repeatMenu);
  const roundsLeft = marked?.on === true ? marked.roundsLeft : timesLeft;
  const toGo = roundsLeft === null ? null : roundsLeft + 1;
  return (
    <span className="repeat" onContextMenu={(event) => context.open(event, entries)}>
      <IconButton
        label={player.repeat[repeat]}
        icon={repeat === 'track' ? Repeat1 : Repeat}
        iconSize={16}
        active={repeat !== 'off'}
        onPress={() => void setRepeat(following[repeat])}
      />
      <MenuButton
        button={
          <IconButton
            className="repeat-more"
            label={toGo === null ? player.repeatMenu : player.repeatMenuLeft(toGo)}
            tooltip={player.repeatMenu}
            icon={ChevronUp}
            iconSize={12}
            active={marked?.on === true}
          />
        }
        label={player.repeatMenu}
        entries={entries}
      />
      {toGo !== null && (
        <span className="repeat-count tabular" aria-hidden>
          {toGo}
        </span>
      )}
      {context.menu}
      {isAsking && <LoopDialog onClose={() => setAsking(false)} />}
    </span>
  );
}

function useRepeatEntries(ask: () => void): readonly MenuEntry[] {
  const { player } = useWords();
  const view = useStores('session', (session) => session.view);
  const mayRepeat = useStores('account', ({ view: { tier } }) => allows(tier, 'repeat_track'));
  const offer = useStores('shell', (shell) => shell.offer);
  const session = useStores(
    'session',
    useShallow(({ setRepeat, repeatTimes, markHere, toggleLoop, clearLoop }) => ({
      setRepeat,
      repeatTimes,
      markHere,
      toggleLoop,
      clearLoop,
    })),
  );
  const disabled = view.now === null || view.adBreak !== null;
  return [
    {
      choices: modes.map((mode) => ({ id: mode, label: player.repeatChoices[mode] })),
      chosen: view.repeat,
      onChoose(id) {
        const mode = modes.find((candidate) => candidate === id);
        if (mode !== undefined) void session.setRepeat(mode);
      },
    },
    {
      label: player.repeatTimes,
      icon: Repeat1,
      items: counts.map((times) => ({
        label: player.times(times),
        disabled,
        onAction: () => void session.repeatTimes(times),
      })),
    },
    'separator',
    {
      label: player.loopStartHere,
      keys: '[',
      disabled,
      onAction: () => void session.markHere('start'),
    },
    {
      label: player.loopEndHere,
      keys: ']',
      disabled,
      onAction: () => void session.markHere('end'),
    },
    {
      label: view.marked?.on === true ? player.loopOff : player.loopOn,
      icon: RotateCcw,
      keys: '\\',
      disabled,
      onAction: () => void session.toggleLoop(),
    },
    {
      label: player.loopDialog,
      icon: SlidersHorizontal,
      disabled,
      onAction: () => (mayRepeat ? ask() : offer('repeat_track')),
    },
    {
      label: player.loopClear,
      icon: ListX,
      keys: 'Ctrl+\\',
      disabled: view.marked === null,
      onAction: () => void session.clearLoop(),
    },
  ];
}
