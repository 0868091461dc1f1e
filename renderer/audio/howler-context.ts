import type { HowlOptions } from 'howler';
import { Howl, Howler } from 'howler';

/** The one graph that everything in the window sounds through. */
export interface Graph {
  readonly context: AudioContext;
  /** Of the listener's volume; everything that sounds is connected to it. */
  readonly master: GainNode;
  /**
   * Goes there by a short ramp, or by one of so many seconds; a new graph is silent and rises by the
   * ramp that it was given.
   */
  readonly setGain: (gain: number, seconds: number | null) => void;
  readonly close: () => void;
}

export interface GraphOptions {
  /** Of the output that it plays on; empty: the system's own. */
  readonly sinkId: string;
  readonly riseSeconds: number;
  /** Called once when the context, which is closed then, will not sound again. */
  readonly died: () => void;
}

/**
 * Makes the context and hands it to Howler, so that its spots and our streams share one graph. This
 * is the only file that knows Howler's habits:
 * - it replaces a context that is not at 44.1 kHz, and suspends one that it finds idle for 30 s,
 *   streams of ours or not: both are switched off before it sees ours;
 * - `Howler.unload()` closes the context: only ever unload single howls;
 * - HTML5 howls bypass the graph: they are told the gain and the output themselves.
 *
 * The first context of a process takes most of a second to run: make it at the start and keep it.
 */
export function createGraph({ sinkId, riseSeconds, died }: GraphOptions): Graph {
  // The rate is the device's own.
  const options: AudioContextOptions & { readonly sinkId: string } = {
    latencyHint: 'playback',
    sinkId,
  };
  const context = new AudioContext(options);
  const master = context.createGain();
  master.gain.value = 0;
  master.connect(context.destination);
  Howler.autoUnlock = false;
  Howler.autoSuspend = false;
  Howler.ctx = context;
  Howler.masterGain = master;
  elementSinkId = sinkId;

  let targetGain = 0;
  let ramp = riseSeconds;
  let closed = false;
  let lastTime = -1;
  let idleTicks = 0;
  const clockWatch = setInterval(() => {
    idleTicks = context.currentTime === lastTime ? idleTicks + 1 : 0;
    lastTime = context.currentTime;
    if (idleTicks >= mostIdleTicks) die();
  }, tickMilliseconds);

  function die(): void {
    if (closed) return;
    close();
    died();
  }

  function close(): void {
    closed = true;
    clearInterval(clockWatch);
    context.onstatechange = null;
    context.removeEventListener('error', die);
    if (context.state !== 'closed') void context.close();
  }

  context.addEventListener('error', die);
  context.onstatechange = () => {
    if (context.state === 'closed') die();
    // Suspended or interrupted by somebody else. Where it can't run again, its clock tells.
    else if (context.state !== 'running') context.resume().catch(die);
  };

  function setGain(gain: number, seconds: number | null): void {
    if (gain === targetGain) return;
    targetGain = gain;
    const now = context.currentTime;
    master.gain.cancelAndHoldAtTime(now);
    master.gain.setValueAtTime(master.gain.value, now);
    master.gain.linearRampToValueAtTime(gain, now + (seconds ?? ramp));
    ramp = rampSeconds;
  }

  return { context, master, setGain, close };
}

/** Of the newest graph; Howler's own state is one for the window, too. */
let elementSinkId = '';

/** Long enough not to click, too short to be noticed. */
const rampSeconds = 0.02;

const tickMilliseconds = 500;
/** A clock that stands still for 2.5 s won't move again: its device is gone. */
const mostIdleTicks = 5;

export interface HowlEvents {
  readonly loaded: () => void;
  readonly played: () => void;
  readonly ended: () => void;
  readonly failed: (reason: string) => void;
}

/**
 * A howl with its events in one place. Howler reports an error once and its state tells nothing
 * after: callers keep time-outs of their own.
 */
export function createHowl(options: HowlOptions, events: HowlEvents): Howl {
  const howl = new Howl({
    ...options,
    onload: events.loaded,
    onplay: events.played,
    onend: events.ended,
    onloaderror: (_id, error) => {
      events.failed(reasonOf(error));
    },
    onplayerror: (_id, error) => {
      events.failed(reasonOf(error));
    },
  });
  if (options.html5 === true) {
    for (const element of elementsOf(howl)) {
      // An output that is gone: the element stays where it is.
      element.setSinkId(elementSinkId).catch(() => undefined);
    }
  }
  return howl;
}

/** Howler has no door to them. */
function elementsOf(howl: Howl): readonly HTMLMediaElement[] {
  const { _sounds: sounds } = howl as unknown as {
    readonly _sounds: readonly { readonly _node: HTMLMediaElement }[];
  };
  return sounds.map(({ _node }) => _node);
}

/** Media elements fail with a bare code, all else with a sentence. */
function reasonOf(error: unknown): string {
  const elementErrors = ['aborted', 'network error', 'decoding failed', 'format not supported'];
  if (typeof error === 'number') return elementErrors[error - 1] ?? `error ${error}`;
  return String(error);
}
