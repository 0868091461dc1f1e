import type { Words } from '../../shared/words/en.ts';
import type { MenuCommand, MenuEntry } from '../desktop-ports.ts';
import type { NowShown } from './now-shown.ts';

const longestLabel = 80;

/** What plays, and the buttons; the dock of macOS adds what concerns the window by itself. */
export function playingMenu(shown: NowShown, { player }: Words): readonly MenuEntry[] {
  const { item, status } = shown;
  const isPlaying = status === 'playing';
  return [
    {
      kind: 'text',
      label: item === null ? player.nothing : shortened(nowLine(item.title, item.artist)),
    },
    { kind: 'line' },
    command('playPause', isPlaying ? player.pause : player.play, isPlaying || shown.canPlay),
    command('next', player.next, shown.canNext),
    command('previous', player.previous, shown.canPrevious),
  ];
}

export function trayMenu(
  shown: NowShown,
  words: Words,
  isWindowShown: boolean,
): readonly MenuEntry[] {
  const { desktop } = words;
  return [
    ...playingMenu(shown, words),
    { kind: 'line' },
    isWindowShown ? command('hide', desktop.hide, true) : command('show', desktop.show, true),
    command('quit', desktop.quit, true),
  ];
}

/** One line of what is known. */
export function nowLine(...known: readonly string[]): string {
  return known.filter((text) => text !== '').join(' — ');
}

function command(name: MenuCommand, label: string, enabled: boolean): MenuEntry {
  return { kind: 'command', command: name, label, enabled };
}

function shortened(text: string): string {
  return text.length <= longestLabel ? text : `${text.slice(0, longestLabel - 1)}…`;
}
