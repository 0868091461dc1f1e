import type { StartChoice, StartProblem } from '../shared/start.ts';

/** Asks the listener what to do about a file that keeps the app from starting as usual. */
export interface StartQuestion {
  readonly problem: () => StartProblem | null;
  readonly choose: (choice: StartChoice) => void;
  readonly ask: (problem: StartProblem) => Promise<StartChoice>;
}

/** @param changed told whenever the problem on show changes */
export function createStartQuestion(
  changed: (problem: StartProblem | null) => void,
): StartQuestion {
  let open: {
    readonly problem: StartProblem;
    readonly answer: (choice: StartChoice) => void;
  } | null = null;
  return {
    problem: () => open?.problem ?? null,
    choose(choice) {
      const answered = open;
      open = null;
      changed(null);
      answered?.answer(choice);
    },
    ask: (problem) =>
      new Promise((answer) => {
        open = { problem, answer };
        changed(problem);
      }),
  };
}

/**
 * Opens something the app can't start without, asking as often as there is a problem.
 * Nothing is moved unless the listener chose `set_aside`, and then it is renamed, never removed.
 * @param open answers with what is in the way, or null when it is open
 * @returns false when the listener chose to quit
 */
export async function openOrAsk(
  question: Pick<StartQuestion, 'ask'>,
  open: () => Promise<StartProblem | null>,
  setAside: () => Promise<unknown>,
): Promise<boolean> {
  for (;;) {
    const problem = await open();
    if (problem === null) return true;
    const choice = await question.ask(problem);
    if (choice === 'quit') return false;
    if (choice === 'set_aside') await setAside();
  }
}
