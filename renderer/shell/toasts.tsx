import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { clockText } from '../ui/clock-text.ts';
import type { Told } from './told.ts';
import { tellInWords } from './told-words.ts';
import './toasts.css';

const shownMilliseconds = 8000;

export function Toasts() {
  const toasts = useStores('shell', (shell) => shell.toasts);
  return (
    <div className="toasts">
      {toasts.map(({ id, told }) => (
        <Toast key={id} id={id} told={told} />
      ))}
    </div>
  );
}

/** Goes by itself, but never while the pointer or the focus is on it, nor when it asks something. */
function Toast({ id, told }: { readonly id: number; readonly told: Told }) {
  const words = useWords();
  const drop = useStores('shell', (shell) => shell.dropToast);
  const undo = useStores('shell', (shell) => shell.undo);
  const playFrom = useStores('shell', (shell) => shell.playFrom);
  const box = useRef<HTMLDivElement>(null);

  const asks = told.kind === 'play_offer';
  useEffect(() => {
    if (asks) return undefined;
    const timer = setInterval(() => {
      if (box.current?.matches(':hover, :focus-within') !== true) drop(id);
    }, shownMilliseconds);
    return () => clearInterval(timer);
  }, [asks, drop, id]);

  return (
    <div className="toast" role="status" ref={box}>
      <span className="toast-words">{tellInWords(told, words)}</span>
      {told.kind === 'undo' && (
        <Button
          look="quiet"
          className="toast-action"
          onPress={() => {
            drop(id);
            void undo();
          }}
        >
          {words.shell.undo}
        </Button>
      )}
      {told.kind === 'play_offer' && (
        <Button
          look="quiet"
          className="toast-action"
          onPress={() => {
            drop(id);
            void playFrom(told.id, told.seconds);
          }}
        >
          {words.links.playFrom(clockText(told.seconds))}
        </Button>
      )}
      <IconButton
        label={words.shell.dismiss}
        icon={X}
        iconSize={14}
        size="small"
        onPress={() => drop(id)}
      />
    </div>
  );
}
