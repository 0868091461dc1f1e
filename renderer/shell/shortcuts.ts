import { useContext, useEffect } from 'react';
import type { Words } from '../../shared/words/en.ts';
import { StoresContext, type Stores } from '../stores.ts';

const volumeStep = 0.05;

export interface Shortcut {
  readonly name: Exclude<keyof Words['shortcuts'], 'title' | 'space'>;
  /** As `KeyboardEvent.key`, with the modifiers in front; any of them does. */
  readonly keys: readonly string[];
  /** Works while typing too. */
  readonly whileTyping?: true;
  readonly run: (stores: Stores) => unknown;
}

export const shortcuts: readonly Shortcut[] = [
  { name: 'playPause', keys: [' '], run: ({ session }) => session.getState().togglePlay() },
  { name: 'next', keys: ['Ctrl+ArrowRight'], run: ({ session }) => session.getState().next() },
  {
    name: 'previous',
    keys: ['Ctrl+ArrowLeft'],
    run: ({ session }) => session.getState().previous(),
  },
  { name: 'volumeUp', keys: ['Ctrl+ArrowUp'], run: ({ session }) => turn(session, volumeStep) },
  {
    name: 'volumeDown',
    keys: ['Ctrl+ArrowDown'],
    run: ({ session }) => turn(session, -volumeStep),
  },
  { name: 'search', keys: ['Ctrl+k', 'Ctrl+f'], whileTyping: true, run: openSearch },
  { name: 'undo', keys: ['Ctrl+z'], run: ({ shell }) => shell.getState().undo() },
  { name: 'back', keys: ['Alt+ArrowLeft'], run: ({ shell }) => shell.getState().back() },
  { name: 'forward', keys: ['Alt+ArrowRight'], run: ({ shell }) => shell.getState().forward() },
  { name: 'queue', keys: ['Ctrl+u'], run: toggleQueue },
  {
    name: 'stopAfterCurrent',
    keys: ['Ctrl+.'],
    run: ({ session }) => session.getState().toggleStopAfterCurrent(),
  },
  { name: 'loopStart', keys: ['['], run: ({ session }) => session.getState().markHere('start') },
  { name: 'loopEnd', keys: [']'], run: ({ session }) => session.getState().markHere('end') },
  { name: 'loopSwitch', keys: ['\\'], run: ({ session }) => session.getState().toggleLoop() },
  { name: 'loopClear', keys: ['Ctrl+\\'], run: ({ session }) => session.getState().clearLoop() },
  { name: 'mini', keys: ['Ctrl+Shift+m'], run: ({ shell }) => shell.getState().toggleMini() },
  {
    name: 'list',
    keys: ['?', 'F1'],
    run: ({ shell }) => shell.getState().showShortcuts(true),
  },
];

/** Listens for the table above wherever the focus is, except where a key has its own meaning. */
export function useShortcuts(): void {
  const stores = useContext(StoresContext);
  useEffect(() => {
    if (stores === null) return;
    const given = stores;
    function follow(event: KeyboardEvent): void {
      const shortcut = findShortcut(event);
      if (shortcut === undefined) return;
      event.preventDefault();
      void shortcut.run(given);
    }
    window.addEventListener('keydown', follow);
    return () => window.removeEventListener('keydown', follow);
  }, [stores]);
}

function findShortcut(event: KeyboardEvent): Shortcut | undefined {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || target?.closest('[role=dialog], [role=alertdialog], [role=menu]')) {
    return undefined;
  }
  const typed = keyOf(event);
  const shortcut = shortcuts.find(({ keys }) => keys.includes(typed));
  const isTyping = target?.closest('input:not([type=range], [type=checkbox]), textarea') !== null;
  if (isTyping && target !== null) return shortcut?.whileTyping ? shortcut : undefined;
  const isPressable = target?.closest('button, a, input, [role=radio]') ?? null;
  return typed === ' ' && isPressable !== null ? undefined : shortcut;
}

function keyOf(event: KeyboardEvent): string {
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    // Shift alone makes other signs, such as the question mark, so it counts with letters only.
    event.shiftKey && /^[a-z]$/i.test(event.key) ? 'Shift+' : '',
  ].join('');
  return modifiers + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

function turn(session: Stores['session'], step: number): Promise<void> {
  const { view, setVolume } = session.getState();
  return setVolume(Math.max(0, Math.min(1, view.volume + step)));
}

function openSearch({ shell }: Stores): void {
  shell.getState().go({ screen: 'search' });
  // Once the field shows its text again; it takes the focus by itself only when the screen is new.
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>('search input');
    field?.focus();
    field?.select();
  });
}

function toggleQueue({ settings }: Stores): Promise<void> {
  const { settings: present, change } = settings.getState();
  return change({ panel: present.panel === 'queue' ? 'none' : 'queue' });
}
