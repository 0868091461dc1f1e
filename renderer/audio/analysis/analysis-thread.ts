import type { FromAnalyser, ToAnalyser } from './analysis-messages.ts';

/** Where the work is done. */
export interface AnalysisThread {
  readonly send: (message: ToAnalyser) => void;
  readonly end: () => void;
}

/** @param crashed it will not answer any more */
export type StartThread = (
  heard: (message: FromAnalyser) => void,
  crashed: () => void,
) => AnalysisThread;

export const startAnalysisThread: StartThread = (heard, crashed) => {
  // Written in one expression, or the bundler doesn't see the worker.
  const worker = new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = (event: MessageEvent<FromAnalyser>) => {
    heard(event.data);
  };
  worker.onerror = crashed;
  return {
    send: (message) => {
      worker.postMessage(message);
    },
    end: () => {
      worker.terminate();
    },
  };
};
