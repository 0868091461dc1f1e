import { useEffect, useState } from 'react';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { mostCrossfadeSeconds } from '../../../shared/sound-limits.ts';
import type { Track } from '../../../shared/track.ts';
import { useStores, useWords } from '../../stores.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Slider } from '../../ui/slider.tsx';
import '../player-dialogs.css';

const ways = ['rules', 'gapless', 'crossfade'] as const;
const usualSeconds = 4;

export interface Pair {
  readonly first: Track;
  readonly second: Track;
}

/** How one track goes over into another, as the listener wants it. */
export function JoinDialog({
  pair: { first, second },
  onClose,
}: {
  readonly pair: Pair;
  readonly onClose: () => void;
}) {
  const { joinDialog: words } = useWords();
  const read = useStores('session', (session) => session.readPairJoin);
  const save = useStores('session', (session) => session.setPairJoin);
  const [way, setWay] = useState<(typeof ways)[number] | null>(null);
  const [seconds, setSeconds] = useState(usualSeconds);

  useEffect(() => {
    let isCurrent = true;
    void read(first.id, second.id).then((chosen) => {
      if (!isCurrent) return;
      setWay(chosen === null ? 'rules' : chosen === 0 ? 'gapless' : 'crossfade');
      if (chosen !== null && chosen > 0) setSeconds(chosen);
    });
    return () => {
      isCurrent = false;
    };
  }, [read, first.id, second.id]);

  function choose(): void {
    onClose();
    const chosen = { rules: null, gapless: 0, crossfade: seconds }[way ?? 'rules'];
    void save(first.id, second.id, chosen);
  }
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {words.cancel}
          </Button>
          <Button look="filled" disabled={way === null} onPress={choose}>
            {words.save}
          </Button>
        </>
      }
    >
      <p>{words.text(first.title, second.title)}</p>
      <RadioGroup
        className="player-dialog-ways"
        value={way}
        onChange={(chosen) => setWay(ways.find((known) => known === chosen) ?? null)}
      >
        <Label className="sr-only">{words.how}</Label>
        {ways.map((known) => (
          <RadioField key={known} value={known}>
            <RadioButton className="player-dialog-way">{words.ways[known]}</RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      {way === 'rules' && <p className="player-dialog-hint">{words.rulesText}</p>}
      {way === 'crossfade' && (
        <>
          <Slider
            label={words.seconds}
            value={seconds}
            maximum={mostCrossfadeSeconds}
            describe={words.secondsText}
            onChange={(moved) => setSeconds(Math.max(1, moved))}
          />
          <p className="player-dialog-hint tabular">{words.secondsText(seconds)}</p>
        </>
      )}
    </Dialog>
  );
}
