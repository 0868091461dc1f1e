import type { MeasuredAd } from '../../../shared/ads.ts';
import type { Measured } from '../../../shared/measured-sound.ts';
import { createPatience } from '../patience.ts';
import type { AnalysisThread, StartThread } from './analysis-thread.ts';

export interface AdMeasurerPorts {
  readonly startThread: StartThread;
  /** Told once for each address, also where it can't be measured. */
  readonly keep: (measured: MeasuredAd) => void;
}

/** An ad is half a minute, which takes a second; main does not wait much longer for it. */
const patienceMilliseconds = 15_000;

/**
 * Measures ads, one after the other, in a thread beside the one that measures tracks: a break does
 * not wait for a library. The thread lasts as long as there are any.
 * @returns has an address on the app's own origin measured
 */
export function createAdMeasurer(ports: AdMeasurerPorts): (mediaUrl: string) => void {
  let waiting: readonly string[] = [];
  let thread: AnalysisThread | null = null;
  let job = 0;
  const patience = createPatience(patienceMilliseconds, fail);

  function next(): void {
    const [url] = waiting;
    if (url === undefined) {
      endThread();
      return;
    }
    job += 1;
    patience.waiting(true);
    thread ??= ports.startThread((message) => {
      if (message.kind === 'ended' && message.job === job) answer(message.measured);
    }, fail);
    thread.send({ kind: 'analyse', job, url, part: null });
  }

  function answer(measured: Measured): void {
    const [mediaUrl, ...others] = waiting;
    patience.waiting(false);
    waiting = others;
    if (mediaUrl !== undefined) {
      const isKnown = measured.kind === 'measured';
      const { lufs, peak } = isKnown ? measured : { lufs: null, peak: null };
      ports.keep({ mediaUrl, lufs, peak });
    }
    next();
  }

  /** The thread has crashed or hangs. */
  function fail(): void {
    endThread();
    answer({ kind: 'undecodable' });
  }

  function endThread(): void {
    thread?.end();
    thread = null;
  }

  return (mediaUrl) => {
    if (waiting.includes(mediaUrl)) return;
    waiting = [...waiting, mediaUrl];
    if (waiting.length === 1) next();
  };
}
