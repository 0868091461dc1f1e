import type { UndoStep } from '../shared/contract.ts';
import { RefrainError } from '../shared/errors.ts';

/** What can be taken back, newest last. Lives as long as the app runs. */
export interface Undo {
  readonly offer: (step: UndoStep, takeBack: () => Promise<void> | void) => void;
  /**
   * @returns what was taken back, or null when there was nothing
   * @throws RefrainError as the part does; after `unavailable` it can be tried again
   */
  readonly last: () => Promise<UndoStep | null>;
}

const mostSteps = 100;

export function createUndo(offered: (step: UndoStep) => void): Undo {
  const steps: { readonly step: UndoStep; readonly takeBack: () => Promise<void> | void }[] = [];
  return {
    offer(step, takeBack) {
      steps.push({ step, takeBack });
      if (steps.length > mostSteps) steps.shift();
      offered(step);
    },
    async last() {
      const newest = steps.pop();
      if (newest === undefined) return null;
      try {
        await newest.takeBack();
      } catch (error) {
        const isAway = error instanceof RefrainError && error.code === 'unavailable';
        if (isAway) steps.push(newest);
        throw error;
      }
      return newest.step;
    },
  };
}
