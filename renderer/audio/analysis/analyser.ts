import type { Measured, UnmeasuredTrack } from '../../../shared/measured-sound.ts';
import type { SessionView } from '../../../shared/session.ts';
import { mediaUrl } from '../../../shared/urls.ts';
import { createPatience } from '../patience.ts';
import type { FromAnalyser } from './analysis-messages.ts';
import type { AnalysisThread, StartThread } from './analysis-thread.ts';
import { restPerWork } from './calm.ts';

/** Measures tracks in a thread of its own, one at a time and never in the way of what plays. */
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
  readonly startThread: StartThread;
}

/** At the start there is enough to do, unless something plays. */
const startMilliseconds = 5000;
/** Skipping through tracks measures none of them. */
const settleMilliseconds = 300;
/** How often it is asked again after there was nothing to do. */
const idleMilliseconds = 60_000;
/** A thread holds memory, so one that has nothing to do is ended. */
const keptMilliseconds = 5000;
const paceMilliseconds = 500;
/** Without a sign from the thread for so long the file has hung its decoder. */
const patienceMilliseconds = 60_000;

interface Job {
  readonly number: number;
  readonly track: UnmeasuredTrack;
  /** The thread is at it. */
  readonly begun: boolean;
}

export function createAnalyser(ports: AnalyserPorts): Analyser {
  let view: SessionView | null = null;
  let thread: AnalysisThread | null = null;
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
  const patience = createPatience(patienceMilliseconds, hung);

  function follow(newer: SessionView): void {
    const before = view;
    view = newer;
    const isOther = newer.now?.play !== before?.now?.play;
    if (isOther || newer.seek !== before?.seek) begunAt = performance.now();
    if (before === null && newer.status !== 'playing') lookIn(startMilliseconds);
    else if (isOther || newer.next?.play !== before?.next?.play) lookIn(settleMilliseconds);
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
    endTimer ??= setTimeout(endThread, keptMilliseconds);
  }

  function begin(track: UnmeasuredTrack): void {
    clearTimeout(endTimer);
    endTimer = undefined;
    patience.waiting(false);
    lastJob += 1;
    job = { number: lastJob, track, begun: false };
    if (thread === null) {
      thread = ports.startThread(heard, crashed);
      paceTold = null;
    }
    thread.send({ kind: 'analyse', job: lastJob, url: mediaUrl(track.id), part: track.part });
    paceTimer ??= setInterval(setPace, paceMilliseconds);
  }

  function heard(message: FromAnalyser): void {
    if (message.job !== job?.number) return;
    patience.waiting(false);
    job = { ...job, begun: true };
    if (message.kind === 'ended') finish(message.measured);
    else setPace();
  }

  /** Of this file; or it could not even start, which is no fault of the file's. */
  function crashed(): void {
    const isOfFile = job?.begun === true;
    endThread();
    if (isOfFile) finish({ kind: 'undecodable' });
    else rest();
  }

  /** The machine may have slept meanwhile: another time it may go well. */
  function hung(): void {
    endThread();
    finish({ kind: 'missing' });
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
    if (job !== null) thread?.send({ kind: 'cancel' });
    job = null;
    patience.waiting(false);
    clearInterval(paceTimer);
    paceTimer = undefined;
  }

  function endThread(): void {
    thread?.end();
    thread = null;
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
    thread?.send({ kind: 'pace', restPerWork: pace });
  }

  function close(): void {
    closed = true;
    clearTimeout(lookTimer);
    endJob();
    endThread();
  }

  return { follow, close };
}
