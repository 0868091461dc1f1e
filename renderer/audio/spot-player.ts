import type { AdBreakView, EngineReport } from '../../shared/session.ts';
import { createHowl } from './howler-context.ts';

/** Plays the spots of a break. Every spot ends in exactly one report, whatever its file does. */
export interface SpotPlayer {
  /** @param sounding false: the listener paused, or the spot is held */
  readonly follow: (spot: AdBreakView | null, sounding: boolean) => void;
  /** Seconds into the spot; null outside of breaks. */
  readonly position: () => number | null;
  readonly close: () => void;
}

interface Playing {
  readonly spot: number;
  readonly setSounding: (sounding: boolean) => void;
  readonly seconds: () => number;
  readonly close: () => void;
}

const tickMilliseconds = 250;

/** Ticks without loading, starting or moving on before the spot is given up: 4 s. */
const patienceTicks = 16;

/** A spot may last this much longer than it said. */
const overtimeSeconds = 3;

export function createSpotPlayer(report: (report: EngineReport) => void): SpotPlayer {
  let playing: Playing | null = null;

  function follow(view: AdBreakView | null, sounding: boolean): void {
    if (playing !== null && playing.spot !== view?.spot) {
      playing.close();
      playing = null;
    }
    if (view === null) return;
    playing ??= startSpot(view, report);
    playing.setSounding(sounding);
  }

  return {
    follow,
    position: () => playing?.seconds() ?? null,
    close: () => {
      follow(null, false);
    },
  };
}

function startSpot(view: AdBreakView, report: (report: EngineReport) => void): Playing {
  const { spot } = view;
  let sounding = false;
  let over = false;
  let started = false;
  let seconds = 0;
  let idleTicks = 0;

  // Web Audio and not an element: it sounds through the same master gain as the music.
  const howl = createHowl(
    { src: [view.mediaUrl], format: [view.format], html5: false, volume: view.gain },
    {
      loaded: () => undefined,
      played: () => {
        if (started || over) return;
        started = true;
        report({ kind: 'spotStarted', spot });
      },
      ended: () => {
        finish({ kind: 'spotEnded', spot });
      },
      failed: (reason) => {
        finish({ kind: 'spotFailed', spot, reason });
      },
    },
  );
  const ticker = setInterval(tick, tickMilliseconds);

  /** Howler's own `end` is a timer, and its errors may never come: the spot's time is watched. */
  function tick(): void {
    if (!sounding) return;
    const before = seconds;
    seconds = Math.max(before, howl.seek());
    idleTicks = seconds > before ? 0 : idleTicks + 1;
    if (seconds > before) report({ kind: 'spotPosition', spot, seconds });
    if (seconds > view.seconds + overtimeSeconds) finish({ kind: 'spotEnded', spot });
    else if (idleTicks >= patienceTicks && started) finish({ kind: 'spotEnded', spot });
    else if (idleTicks >= patienceTicks) {
      finish({ kind: 'spotFailed', spot, reason: 'The spot did not start in time.' });
    }
  }

  function finish(last: EngineReport): void {
    if (over) return;
    close();
    report(last);
  }

  function close(): void {
    over = true;
    clearInterval(ticker);
    howl.unload();
  }

  function setSounding(wanted: boolean): void {
    if (over || wanted === sounding) return;
    sounding = wanted;
    idleTicks = 0;
    if (sounding) howl.play();
    else howl.pause();
  }

  return { spot, setSounding, seconds: () => seconds, close };
}
