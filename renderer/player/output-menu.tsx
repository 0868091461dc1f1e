import { Speaker } from 'lucide-react';
import { systemOutput } from '../../shared/sound-limits.ts';
import type { SoundOutput } from '../../shared/sound-settings.ts';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { MenuButton } from '../ui/menu.tsx';

/** Chooses where the music sounds. What there is, is asked anew each time that it opens. */
export function OutputMenu() {
  const { player } = useWords();
  const { look, isChosen, entries } = useOutputChoice();
  return (
    <MenuButton
      button={<IconButton label={player.output} icon={Speaker} active={isChosen} />}
      label={player.output}
      onOpen={look}
      entries={entries}
    />
  );
}

/** The same for another menu, which calls `look` when it opens. */
export function useOutputChoice(): {
  readonly look: () => void;
  /** The listener chose another than the system's. */
  readonly isChosen: boolean;
  readonly entries: readonly MenuEntry[];
} {
  const { player } = useWords();
  const outputs = useStores('outputs', (state) => state.outputs);
  const look = useStores('outputs', (state) => state.look);
  const chosen = useStores('settings', ({ settings }) => settings.sound.output);
  const change = useStores('settings', (settings) => settings.change);

  const known: readonly SoundOutput[] = [
    { id: systemOutput, name: player.systemOutput },
    ...outputs,
  ];
  // The system may have given it another id since.
  const here =
    known.find(({ id }) => id === chosen.id) ?? known.find(({ name }) => name === chosen.name);
  const choices = known.map(({ id, name }) => ({ id, label: name, disabled: false }));
  const away = { id: chosen.id, label: player.outputAway(chosen.name), disabled: true };

  function choose(id: string): void {
    const name = outputs.find((output) => output.id === id)?.name ?? '';
    void change({ sound: { output: { id, name } } });
  }
  return {
    look: () => void look(),
    isChosen: chosen.id !== systemOutput,
    entries: [
      {
        choices: here === undefined ? [...choices, away] : choices,
        chosen: here?.id ?? chosen.id,
        onChoose: choose,
      },
    ],
  };
}
