import { useState } from 'react';
import type { Equaliser } from '../../shared/sound-settings.ts';
import { useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/text-area.tsx';
import type { ParsedEqualiser } from './equaliser-text.ts';
import { mostText, parseEqualiser, printEqualiser } from './equaliser-text.ts';

const mostShown = 5;

/** The equaliser as text, to be taken along, and another one's to be taken in. */
export function ExchangeDialog({
  equaliser,
  onUse,
  onClose,
}: {
  readonly equaliser: Equaliser;
  readonly onUse: (taken: Pick<Equaliser, 'bands' | 'preampDecibels'>) => void;
  readonly onClose: () => void;
}) {
  const { sound: words, shell } = useWords();
  const [text, setText] = useState(() => printEqualiser(equaliser));
  const [isCopied, setCopied] = useState(false);
  const parsed = parseEqualiser(text);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }

  return (
    <Dialog
      wide
      title={words.exchangeTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {shell.cancel}
          </Button>
          <Button onPress={() => void copy()}>{words.copy}</Button>
          <Button
            look="filled"
            disabled={parsed.bands.length === 0}
            onPress={() => {
              onUse({ bands: [...parsed.bands], preampDecibels: parsed.preampDecibels });
              onClose();
            }}
          >
            {words.use}
          </Button>
        </>
      }
    >
      <p className="exchange-text">{words.exchangeText}</p>
      <TextArea
        label={words.exchangeLabel}
        rows={12}
        maximumLength={mostText}
        value={text}
        onChange={(changed) => {
          setText(changed);
          setCopied(false);
        }}
      />
      <div className="exchange-told" role="status">
        {isCopied && <p>{words.copied}</p>}
        <Understood parsed={parsed} />
      </div>
    </Dialog>
  );
}

function Understood({ parsed: { bands, skipped } }: { readonly parsed: ParsedEqualiser }) {
  const { sound: words } = useWords();
  return (
    <>
      <p>{bands.length === 0 ? words.noBands : words.understood(bands.length)}</p>
      {skipped.slice(0, mostShown).map(({ line, reason }) => (
        <p key={line}>{words.skipped(line, words.skipReasons[reason])}</p>
      ))}
      {skipped.length > mostShown && <p>{words.moreSkipped(skipped.length - mostShown)}</p>}
    </>
  );
}
