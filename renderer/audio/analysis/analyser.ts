import type { Measured, UnmeasuredTrack } from '../../../shared/measured-sound.ts';
import type { SessionView } from '../../../shared/session.ts';
import { mediaUrl } from '../../../shared/urls.ts';
import { createPatience } from '../patience.ts';
import type { FromAnalyser, ToAnalyser } from './analysis-messages.ts';
import { restPerWork } from './calm.ts';

/** Measures tracks in a worker of its own, one at a time and never in the way of what plays. */
export interface Analyser {
  /** Call with every view of the session. */
  readonly follow: (view: SessionView) => void;
  readonly close: () => void;
}

export interface AnalyserPorts {
  /** What is to be measured now, most wanted first; null: nothing. */
  readonly next: () => Promise<UnmeasuredTrack | null>;
  readonly keep: (track: UnmeasuredTrack, measured: Measured) => Promise<void>;
  /** Seconds into what plays. */
  readonly position: () => number;
  /** The engine lacks sound at this moment. */
  readonly isStarved: () => boolean;
}

/** Skipping through tracks measures none of them. */
const settleMilliseconds = 300;
/** How often it is asked again after there was nothing to do. */
const idleMilliseconds = 60_000;
/** A worker holds memory, so one that has nothing to do is ended. */
const keptMilliseconds = 5000;
const paceMilliseconds = 500;
/** Without a sign from the worker for so long the file has hung its decoder. */
const patienceMilliseconds = 60_000;

interface Job {
  readonly number: number;
  readonly track: UnmeasuredTrack;
}

export function createAnalyser(ports: AnalyserPorts): Analyser {
  let view: SessionView | null = null;
  let worker: Worker | null = null;
  let job: Job | null = null;
  let lastJob = 0;
  let paceTold: number | null = null;
  /** When what plays was begun, or jumped in. */
  let begunAt = 0;
  let lookTimer: ReturnType<typeof setTimeout> | undefined;
  let endTimer: ReturnType<typeof setTimeout> | undefined;
  let paceTimer: ReturnType<typeof setInterval> | undefined;
  let looking = false;
  let closed = false;
  const patience = createPatience(patienceMilliseconds, crashed);

  function follow(newer: SessionView): void {
    const before = view;
    view = newer;
    const isOther = newer.now?.play !== before?.now?.play;
    if (isOther || newer.seek !== before?.seek) begunAt = performance.now();
    if (isOther || newer.next?.play !== before?.next?.play) lookIn(settleMilliseconds);
    setPace();
  }

  function lookIn(milliseconds: number): void {
    clearTimeout(lookTimer);
    if (!closed) lookTimer = setTimeout(() => void look(), milliseconds);
  }

  /** Asks what is wanted most, and turns to it unless it is under way. */
  async function look(): Promise<void> {
    if (looking) {
      lookIn(settleMilliseconds);
      return;
    }
    looking = true;
    const wanted = await ports.next().catch(() => null);
    looking = false;
    if (closed) return;
    if (wanted === null) rest();
    else if (wanted.id !== job?.track.id) begin(wanted);
    else job = { ...job, track: wanted };
    setPace();
  }

  function rest(): void {
    endJob();
    lookIn(idleMilliseconds);
    endTimer ??= setTimeout(endWorker, keptMilliseconds);
  }

  function begin(track: UnmeasuredTrack): void {
    clearTimeout(endTimer);
    endTimer = undefined;
    patience.waiting(false);
    lastJob += 1;
    job = { number: lastJob, track };
    worker ??= startWorker();
    const url = new URL(mediaUrl(track.id), location.href).href;
    send({ kind: 'analyse', job: lastJob, url, part: track.part });
    paceTimer ??= setInterval(setPace, paceMilliseconds);
  }

  function startWorker(): Worker {
    // Written in one expression, or the bundler doesn't see the worker.
    const started = new Worker(new URL('./analysis-worker.ts', import.meta.url), {
      type: 'module',
    });
    started.onmessage = (event: MessageEvent<FromAnalyser>) => {
      heard(event.data);
    };
    started.onerror = crashed;
    paceTold = null;
    return started;
  }

  function heard(message: FromAnalyser): void {
    if (message.job !== job?.number) return;
    patience.waiting(false);
    if (message.kind === 'ended') finish(message.measured);
    else setPace();
  }

  /** The worker died of this file, or hangs. */
  function crashed(): void {
    endWorker();
    finish({ kind: 'undecodable' });
  }

  function finish(measured: Measured): void {
    const done = job;
    endJob();
    if (done === null || closed) return;
    void ports
      .keep(done.track, measured)
      .then(() => look())
      // Main is ending, or the library is away: later again.
      .catch(() => {
        lookIn(idleMilliseconds);
      });
  }

  function endJob(): void {
    if (job !== null) send({ kind: 'cancel' });
    job = null;
    patience.waiting(false);
    clearInterval(paceTimer);
    paceTimer = undefined;
  }

  function endWorker(): void {
    worker?.terminate();
    worker = null;
    clearTimeout(endTimer);
    endTimer = undefined;
  }

  function setPace(): void {
    if (job === null) return;
    const pace = restPerWork({
      view,
      positionSeconds: ports.position(),
      sinceBegunSeconds: (performance.now() - begunAt) / 1000,
      isStarved: ports.isStarved(),
      isUrgent: job.track.urgent,
    });
    patience.waiting(pace < Infinity);
    if (pace === paceTold) return;
    paceTold = pace;
    send({ kind: 'pace', restPerWork: pace });
  }

  function send(message: ToAnalyser): void {
    worker?.postMessage(message);
  }

  function close(): void {
    closed = true;
    clearTimeout(lookTimer);
    endJob();
    endWorker();
  }

  return { follow, close };
}
