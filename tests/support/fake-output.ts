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

export function createFakeOutput(sampleRate: number): FakeOutput {
  let now = 0;
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

  /** In steps of a render quantum, as the real clock moves. */
  function run(frames: number): void {
    for (const end = now + frames; now < end;) {
      const until = Math.min(end, now + 128);
      for (let frame = now; frame < until; frame += 1) {
        for (const { plane, atFrame, endFrame } of playing) {
          if (frame >= atFrame && frame < endFrame) rendered.push(plane[frame - atFrame] ?? 0);
        }
      }
      now = until;
      const over = playing.filter((sound) => sound.endFrame <= now);
      playing = playing.filter((sound) => sound.endFrame > now);
      for (const { ended } of over) ended();
    }
  }

  return {
    sampleRate,
    frame: () => now,
    leadFrames: 100,
    latencyFrames: () => latencyFrames,
    openVoice,
    run,
    rendered: () => rendered,
  };
}
