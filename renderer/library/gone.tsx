import { CircleSlash } from 'lucide-react';
import type { ErrorCode } from '../../shared/errors.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Screen } from './screen.tsx';

/** A page whose thing is not there any more, or can't be read. */
export function Gone({ code = 'not_found' }: { readonly code?: ErrorCode }) {
  const words = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const isGone = code === 'not_found';
  return (
    <Screen>
      <EmptyState
        icon={CircleSlash}
        title={isGone ? words.library.goneTitle : words.library.failedTitle}
        text={isGone ? words.library.goneText : words.errors[code]}
      >
        <Button onPress={() => go({ screen: 'home' })}>{words.library.goHome}</Button>
      </EmptyState>
    </Screen>
  );
}
