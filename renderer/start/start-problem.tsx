import type { StartProblem } from '../../shared/start.ts';
import type { Words } from '../../shared/words/en.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import './start.css';

/** Something keeps the app from starting as usual: what, what is safe, and the choices. */
export function StartProblemDialog({ problem }: { readonly problem: StartProblem }) {
  const { start: words, safety } = useWords();
  const choose = useStores('shell', (shell) => shell.choose);
  const told = tell(problem, words);
  const copy = problem.kind === 'database_damaged' ? problem.copy : null;
  return (
    <Dialog
      wide
      role="alertdialog"
      title={told.title}
      onClose={() => undefined}
      actions={
        <>
          <Button look="quiet" onPress={() => void choose('quit')}>
            {words.quit}
          </Button>
          <Button look={copy === null ? 'plain' : 'quiet'} onPress={() => void choose('set_aside')}>
            {told.setAside}
          </Button>
          {copy === null ? (
            <Button look="filled" autoFocus onPress={() => void choose('try_again')}>
              {words.tryAgain}
            </Button>
          ) : (
            <Button look="filled" autoFocus onPress={() => void choose('go_back')}>
              {words.goBack}
            </Button>
          )}
        </>
      }
    >
      <div className="start-problem">
        <p>{told.text}</p>
        <dl>
          <dt>{words.file}</dt>
          <dd>{problem.file}</dd>
        </dl>
        {copy !== null && (
          <p>
            {words.goBack}:{' '}
            {words.goBackText(new Date(copy.at).toISOString(), safety.holds(copy.counts))}
          </p>
        )}
        <p>{words.kept}</p>
        <p>
          {told.setAside}: {words.setAsideText}
        </p>
      </div>
    </Dialog>
  );
}

function tell(
  problem: StartProblem,
  words: Words['start'],
): { readonly title: string; readonly text: string; readonly setAside: string } {
  switch (problem.kind) {
    case 'settings_damaged':
      return {
        title: words.settingsTitle,
        text: words.settingsText,
        setAside: words.setAsideSettings,
      };
    case 'database_newer':
      return {
        title: words.newerTitle,
        text: words.newerText(problem.version),
        setAside: words.setAsideDatabase,
      };
    case 'database_damaged':
      return {
        title: words.damagedTitle,
        text: words.damagedText,
        setAside: words.setAsideDatabase,
      };
  }
}
