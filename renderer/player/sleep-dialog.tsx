import { useState } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { NumberField } from '../ui/number-field.tsx';
import './player-dialogs.css';

const mostMinutes = 24 * 60;

/** Asks for minutes of the listener's own. */
export function SleepDialog({ onClose }: { readonly onClose: () => void }) {
  const { sleepDialog: words } = useWords();
  const setSleep = useStores('session', (session) => session.setSleep);
  const [minutes, setMinutes] = useState(20);
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {words.cancel}
          </Button>
          <Button
            look="filled"
            onPress={() => {
              onClose();
              void setSleep({ kind: 'time', minutes });
            }}
          >
            {words.start}
          </Button>
        </>
      }
    >
      <p>{words.text}</p>
      <div className="player-dialog-fields">
        <NumberField
          label={words.minutes}
          value={minutes}
          minimum={1}
          maximum={mostMinutes}
          autoFocus
          onChange={setMinutes}
        />
      </div>
    </Dialog>
  );
}
