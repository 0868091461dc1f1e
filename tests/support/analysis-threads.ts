import type { FromAnalyser, ToAnalyser } from '../../renderer/audio/analysis/analysis-messages.ts';

/** Threads of the analysis that note what they are sent, and do as the test says. */
export function createAnalysisThreads() {
  const threads: {
    sent: ToAnalyser[];
    hear: (message: FromAnalyser) => void;
    crash: () => void;
    ended: boolean;
  }[] = [];
  return {
    threads,
    startThread: (hear: (message: FromAnalyser) => void, crash: () => void) => {
      const thread = { sent: [] as ToAnalyser[], hear, crash, ended: false };
      threads.push(thread);
      return {
        send: (message: ToAnalyser) => void thread.sent.push(message),
        end: () => {
          thread.ended = true;
        },
      };
    },
    /** What was asked to be measured, by all of them. */
    jobs: () => threads.flatMap(({ sent }) => sent).filter((message) => message.kind === 'analyse'),
  };
}
