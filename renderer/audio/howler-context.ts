import type { HowlOptions } from 'howler';
import { Howl, Howler } from 'howler';

/** The one graph that everything in the window sounds through. */
export interface Graph {
  readonly context: AudioContext;
  /** Of the listener's volume; everything that sounds is connected to it. */
  readonly master: GainNode;
  /** Goes there by a short ramp. */
  readonly setGain: (gain: number) => void;
  readonly close: () => void;
}

/**
 * Makes the context and hands it to Howler, so that its spots and our streams share one graph. This
 * is the only file that knows Howler's habits:
 * - it replaces a context that is not at 44.1 kHz, and suspends one that it finds idle for 30 s,
 *   streams of ours or not: both are switched off before it sees ours;
 * - `Howler.unload()` closes the context: only ever unload single howls;
 * - HTML5 howls bypass the master gain: they are told the gain themselves.
 *
 * The first context of a process takes most of a second to run: make it at the start and keep it.
 * @param died called once when the context will not sound again and a new graph is needed
 */
export function createGraph(died: () => void): Graph {
  const context = new AudioContext({ latencyHint: 'playback' });
  const master = context.createGain();
  master.connect(context.destination);
  Howler.autoUnlock = false;
  Howler.autoSuspend = false;
  Howler.ctx = context;
  Howler.masterGain = master;

  let targetGain = 1;
  let lastTime = -1;
  const clockWatch = setInterval(() => {
    if (context.state === 'running' && context.currentTime === lastTime) die();
    lastTime = context.currentTime;
  }, clockWatchMilliseconds);

  function die(): void {
    close();
    died();
  }

  function close(): void {
    clearInterval(clockWatch);
    context.onstatechange = null;
    context.removeEventListener('error', die);
    if (context.state !== 'closed') void context.close();
  }

  context.addEventListener('error', die);
  context.onstatechange = () => {
    if (context.state === 'closed') die();
    else if (context.state !== 'running') void context.resume();
  };
  function setGain(gain: number): void {
    if (gain === targetGain) return;
    targetGain = gain;
    master.gain.cancelAndHoldAtTime(context.currentTime);
    master.gain.setValueAtTime(master.gain.value, context.currentTime);
    master.gain.linearRampToValueAtTime(gain, context.currentTime + rampSeconds);
  }

  return { context, master, setGain, close };
}

/** Long enough not to click, too short to be noticed. */
const rampSeconds = 0.02;

/** A clock that stands still for so long won't move again: its device is gone. */
const clockWatchMilliseconds = 5000;

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
  return new Howl({
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
}

/** Media elements fail with a bare code, all else with a sentence. */
function reasonOf(error: unknown): string {
  const elementErrors = ['aborted', 'network error', 'decoding failed', 'format not supported'];
  if (typeof error === 'number') return elementErrors[error - 1] ?? `error ${error}`;
  return String(error);
}
