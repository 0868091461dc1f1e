import { useState } from 'react';
import { leastSpeed, mostSpeed } from '../../shared/sound-limits.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { clockText } from '../ui/clock-text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { NumberField } from '../ui/number-field.tsx';
import './player-dialogs.css';

const leastPercent = leastSpeed * 100;
const mostPercent = mostSpeed * 100;

/** How often the loop goes round, and at which pace. */
export function LoopDialog({ onClose }: { readonly onClose: () => void }) {
  const { loopDialog: words } = useWords();
  const marked = useStores('session', ({ view }) => view.marked);
  const startLoop = useStores('session', (session) => session.startLoop);
  const [isCounted, setCounted] = useState(false);
  const [rounds, setRounds] = useState(8);
  const [isPractice, setPractice] = useState(marked?.practice !== null && marked !== null);
  const [pace, setPace] = useState(
    marked?.practice ?? { fromPercent: 70, stepPercent: 5, toPercent: 100 },
  );

  function start(): void {
    onClose();
    void startLoop(isCounted ? rounds : null, isPractice ? pace : null);
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
          <Button look="filled" autoFocus onPress={start}>
            {words.start}
          </Button>
        </>
      }
    >
      <p>
        {marked === null
          ? words.whole
          : words.text(clockText(marked.points.startSeconds), clockText(marked.points.endSeconds))}
      </p>
      <Checkbox label={words.counted} checked={isCounted} onChange={setCounted} />
      {isCounted && (
        <div className="player-dialog-fields">
          <NumberField
            label={words.rounds}
            value={rounds}
            minimum={2}
            maximum={999}
            onChange={setRounds}
          />
        </div>
      )}
      <Checkbox label={words.practice} checked={isPractice} onChange={setPractice} />
      {isPractice && (
        <div className="player-dialog-fields">
          <NumberField
            label={words.from}
            value={pace.fromPercent}
            minimum={leastPercent}
            maximum={mostPercent}
            onChange={(fromPercent) => setPace({ ...pace, fromPercent })}
          />
          <NumberField
            label={words.step}
            value={pace.stepPercent}
            minimum={0}
            maximum={100}
            onChange={(stepPercent) => setPace({ ...pace, stepPercent })}
          />
          <NumberField
            label={words.to}
            value={pace.toPercent}
            minimum={leastPercent}
            maximum={mostPercent}
            onChange={(toPercent) => setPace({ ...pace, toPercent })}
          />
        </div>
      )}
    </Dialog>
  );
}
