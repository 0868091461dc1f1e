import type { Snapshot } from '../shared/snapshots.ts';
import type { StartChoice, StartProblem } from '../shared/start.ts';

/** Asks the listener what to do about a file that keeps the app from starting as usual. */
export interface StartQuestion {
  /** Resolves once it is known: with what is in the way, or with null when the app has started. */
  readonly problem: () => Promise<StartProblem | null>;
  /** Whether the listener has still to choose. */
  readonly isOpen: () => boolean;
  readonly choose: (choice: StartChoice) => void;
  readonly ask: (problem: StartProblem) => Promise<StartChoice>;
  /** Nothing is in the way any more. */
  readonly started: () => void;
}

type Open = { readonly problem: StartProblem; readonly answer: (choice: StartChoice) => void };

/** @param changed told whenever the problem on show changes */
export function createStartQuestion(
  changed: (problem: StartProblem | null) => void,
): StartQuestion {
  let open: Open | null = null;
  let hasStarted = false;
  let waiting: ((problem: StartProblem | null) => void)[] = [];

  function tellWaiting(problem: StartProblem | null): void {
    for (const tell of waiting) tell(problem);
    waiting = [];
  }

  return {
    problem() {
      if (open !== null || hasStarted) return Promise.resolve(open?.problem ?? null);
      return new Promise((resolve) => waiting.push(resolve));
    },
    isOpen: () => open !== null,
    choose(choice) {
      const answered = open;
      open = null;
      changed(null);
      answered?.answer(choice);
    },
    ask: (problem) =>
      new Promise((answer) => {
        open = { problem, answer };
        // It may have been running until now: whoever asks waits until it does again.
        hasStarted = false;
        changed(problem);
        tellWaiting(problem);
      }),
    started() {
      hasStarted = true;
      tellWaiting(null);
    },
  };
}

/**
 * Opens something the app can't start without, asking as often as there is a problem.
 * Nothing is moved unless the listener chose to, and then it is renamed, never removed.
 * @param open answers with what is in the way, or null when it is open
 * @param goBack puts the copy that the problem names in its place
 * @returns false when the listener chose to quit
 */
export async function openOrAsk(
  question: Pick<StartQuestion, 'ask'>,
  open: () => Promise<StartProblem | null>,
  setAside: () => Promise<unknown>,
  goBack: (copy: Snapshot) => Promise<unknown> = () => Promise.resolve(),
): Promise<boolean> {
  for (;;) {
    const problem = await open();
    if (problem === null) return true;
    const choice = await question.ask(problem);
    if (choice === 'quit') return false;
    if (choice === 'set_aside') await setAside();
    const copy = problem.kind === 'database_damaged' ? problem.copy : null;
    if (choice === 'go_back' && copy !== null) await goBack(copy);
  }
}
