import type { AudioFormat } from '../../shared/track.ts';
import type { FilePart } from '../../shared/track-sound.ts';
import { createHowl } from './howler-context.ts';

/** A track played by a media element: for files that the decoder can't read and Chromium can. */
export interface ElementTrack {
  readonly setSounding: (sounding: boolean) => void;
  readonly seek: (seconds: number) => void;
  readonly setGain: (gain: number) => void;
  /** The pitch stays. */
  readonly setSpeed: (speed: number) => void;
  readonly seconds: () => number;
  readonly close: () => void;
}

export interface ElementTrackEvents {
  readonly started: () => void;
  readonly advanced: () => void;
  /** The last event, as `failed` is. */
  readonly ended: () => void;
  readonly failed: (reason: string) => void;
}

export interface ElementTrackOptions {
  readonly url: string;
  readonly format: AudioFormat;
  /** Where in the file the track lies; null: all of it. Its end is passed by a tick at most. */
  readonly part: FilePart | null;
  /** In the track, as all other seconds. */
  readonly startSeconds: number;
  readonly gain: number;
  readonly speed: number;
}

const tickMilliseconds = 250;
/** Ticks without progress before the track is given up: 3 s. */
const patienceTicks = 12;

export function createElementTrack(
  { url, format, part, startSeconds, gain, speed }: ElementTrackOptions,
  events: ElementTrackEvents,
): ElementTrack {
  let sounding = false;
  let started = false;
  let over = false;
  let idleTicks = 0;
  let seconds = startSeconds;
  const { startSeconds: offset, endSeconds } = part ?? { startSeconds: 0, endSeconds: null };

  const howl = createHowl(
    { src: [url], format: [format], html5: true, volume: gain, rate: speed },
    {
      loaded: () => undefined,
      played: () => {
        if (started || over) return;
        started = true;
        events.started();
      },
      ended: () => {
        finish(events.ended);
      },
      failed: (reason) => {
        finish(() => {
          events.failed(reason);
        });
      },
    },
  );
  if (offset + startSeconds > 0) howl.seek(offset + startSeconds);
  const ticker = setInterval(tick, tickMilliseconds);

  function tick(): void {
    if (!sounding) return;
    const now = howl.seek() - offset;
    idleTicks = now === seconds ? idleTicks + 1 : 0;
    seconds = now;
    if (endSeconds !== null && offset + now >= endSeconds) finish(events.ended);
    else if (idleTicks === 0) events.advanced();
    else if (idleTicks >= patienceTicks) {
      finish(() => {
        events.failed('No sound came for 3 s.');
      });
    }
  }

  function finish(tell: () => void): void {
    if (over) return;
    close();
    tell();
  }

  function close(): void {
    over = true;
    clearInterval(ticker);
    howl.unload();
  }

  return {
    setSounding: (wanted) => {
      if (over || wanted === sounding) return;
      sounding = wanted;
      idleTicks = 0;
      if (sounding) howl.play();
      else howl.pause();
    },
    seek: (to) => {
      seconds = to;
      idleTicks = 0;
      if (!over) howl.seek(offset + to);
    },
    setGain: (wanted) => {
      if (!over) howl.volume(wanted);
    },
    setSpeed: (wanted) => {
      if (!over && wanted !== howl.rate()) howl.rate(wanted);
    },
    seconds: () => seconds,
    close,
  };
}
