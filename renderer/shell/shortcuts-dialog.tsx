import { Fragment } from 'react';
import type { Words } from '../../shared/words/en.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { shortcuts } from './shortcuts.ts';
import './shortcuts-dialog.css';

export function ShortcutsDialog() {
  const { shortcuts: words, shell } = useWords();
  const isShown = useStores('shell', (shell) => shell.shortcutsShown);
  const show = useStores('shell', (shell) => shell.showShortcuts);
  if (!isShown) return null;
  return (
    <Dialog
      title={words.title}
      onClose={() => show(false)}
      actions={<Button onPress={() => show(false)}>{shell.close}</Button>}
    >
      {/* Scrollable, so the keyboard has to reach it. */}
      <dl className="shortcuts" tabIndex={0}>
        {shortcuts.map(({ name, keys }) => (
          <div key={name}>
            <dt>{words[name]}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>
                  {namesOf(key, words).map((part, place) => (
                    <Fragment key={part}>
                      {place > 0 && ' + '}
                      {part}
                    </Fragment>
                  ))}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function namesOf(key: string, words: Words['shortcuts']): readonly string[] {
  if (key === ' ') return [words.space];
  return key.split('+').map((part) => {
    const arrows: Record<string, string> = {
      ArrowLeft: '←',
      ArrowRight: '→',
      ArrowUp: '↑',
      ArrowDown: '↓',
    };
    return arrows[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
