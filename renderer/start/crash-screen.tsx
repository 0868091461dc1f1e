import { TriangleAlert } from 'lucide-react';
import type { Words } from '../../shared/words/en.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import './start.css';

/** Stands in for a window that could not be drawn. The music is not React's and goes on. */
export function CrashScreen({
  words,
  onAgain,
}: {
  readonly words: Words;
  readonly onAgain: () => void;
}) {
  return (
    <div className="crash" role="alert">
      <EmptyState
        icon={TriangleAlert}
        title={words.shell.screenFailed}
        text={words.shell.screenFailedText}
      >
        <Button look="filled" onPress={onAgain}>
          {words.shell.drawAnew}
        </Button>
      </EmptyState>
    </div>
  );
}
