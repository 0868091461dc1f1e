import type { Output, Voice } from '../../renderer/audio/output.ts';

/** An output whose clock stands until it is told to run, and that keeps what it rendered. */
export interface FakeOutput extends Output {
  /** Renders so many frames and tells of every sound that ended in them. */
  readonly run: (frames: number) => void;
  /** What was heard, channel 0 without silence, in order. Late sounds are a mistake and throw. */
  readonly rendered: () => readonly number[];
}

interface Playing {
  readonly plane: Float32Array;
  readonly atFrame: number;
  readonly ended: () => void;
  endFrame: number;
}

const latencyFrames = 300;
const guardFrames = 20;

export function createFakeOutput(sampleRate: number): FakeOutput {
  let now = 0;
  let checks = 0;
  let playing: Playing[] = [];
  const rendered: number[] = [];

  function openVoice(): Voice {
    const own = new Set<Playing>();
    let stopped = false;
    return {
      play: (planes, atFrame, ended) => {
        const [plane] = planes;
        if (plane === undefined) throw new Error('a block without channels');
        if (atFrame < now) throw new Error(`late by ${now - atFrame} frames`);
        const overlaps = playing.some(
          (other) => atFrame < other.endFrame && other.atFrame < atFrame + plane.length,
        );
        if (overlaps) throw new Error('two sounds at once');
        const sound: Playing = {
          plane,
          atFrame,
          endFrame: atFrame + plane.length,
          ended: () => {
            if (!stopped) ended();
          },
        };
        own.add(sound);
        playing.push(sound);
        return {
          cancel: () => {
            if (atFrame <= now) throw new Error('cancelled while it sounded');
            playing = playing.filter((other) => other !== sound);
          },
        };
      },
      stop: (atFrame) => {
        stopped = true;
        for (const sound of own) sound.endFrame = Math.min(sound.endFrame, atFrame);
        playing = playing.filter((sound) => sound.endFrame > sound.atFrame);
      },
    };
  }

  /** In steps of a render quantum, as the real clock moves; news come between the steps. */
  function run(frames: number): void {
    for (const end = now + frames; now < end;) {
      render(Math.min(end, now + 128));
      const over = playing.filter((sound) => sound.endFrame <= now);
      playing = playing.filter((sound) => sound.endFrame > now);
      for (const { ended } of over) ended();
    }
  }

  function render(until: number): void {
    for (; now < until; now += 1) {
      for (const { plane, atFrame, endFrame } of playing) {
        if (now >= atFrame && now < endFrame) rendered.push(plane[now - atFrame] ?? 0);
      }
    }
  }

  return {
    sampleRate,
    frame: () => now,
    leadFrames: 100,
    isLate: (atFrame) => {
      // Now and then the clock runs on while a near sound is made ready.
      checks += 1;
      if (checks % 10 === 0 && atFrame - now <= 200) render(atFrame - guardFrames + 1);
      return now > atFrame - guardFrames;
    },
    latencyFrames: () => latencyFrames,
    openVoice,
    run,
    rendered: () => rendered,
  };
}
