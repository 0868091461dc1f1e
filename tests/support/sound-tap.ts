import type { Page } from '@playwright/test';

/** What the window put on the clock of its sound, channel 0, before any gain. */
export interface Tapped {
  /** Each without a gap, in the order of their beginnings. Two that overlap sounded together. */
  readonly runs: readonly Float32Array[];
  /** Clock frames between the end of a run and the beginning of the next; negative: they overlap. */
  readonly gaps: readonly number[];
  /** All runs one behind the other. */
  readonly samples: Float32Array;
}

interface Piece {
  readonly frame: number;
  /** 32-bit floats. */
  readonly base64: string;
}

interface Tap {
  readonly forget: () => void;
  readonly isSilent: () => boolean;
  readonly read: () => readonly Piece[];
}

/**
 * Listens in where samples enter Web Audio: unlike the sound server, nothing there depends on how
 * busy the machine is. Call before anything sounds.
 */
export async function tapSound(window: Page): Promise<void> {
  await window.evaluate(installTap);
}

/** Starts anew, e.g. before a seek. */
export async function forgetSound(window: Page): Promise<void> {
  await window.evaluate(() => (globalThis as unknown as { tap: Tap }).tap.forget());
}

/** Whether all that was scheduled has been over for a moment: nothing sounds and nothing will. */
export async function isSilent(window: Page): Promise<boolean> {
  return window.evaluate(() => (globalThis as unknown as { tap: Tap }).tap.isSilent());
}

export async function tappedSound(window: Page): Promise<Tapped> {
  const pieces = await window.evaluate(() => (globalThis as unknown as { tap: Tap }).tap.read());
  const runs: { frame: number; endFrame: number; samples: Float32Array[] }[] = [];
  for (const { frame, base64 } of pieces) {
    const samples = new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
    const endFrame = frame + samples.length;
    const before = runs.find((run) => run.endFrame === frame);
    if (before === undefined) runs.push({ frame, endFrame, samples: [samples] });
    else {
      before.samples.push(samples);
      before.endFrame = endFrame;
    }
  }
  const joined = runs.map(({ samples }) => concatenated(samples));
  return {
    runs: joined,
    gaps: runs.slice(1).map(({ frame }, index) => frame - (runs[index]?.endFrame ?? 0)),
    samples: concatenated(joined),
  };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Runs in the page, so it stands alone. */
function installTap(): void {
  interface Sound {
    readonly frame: number;
    readonly samples: Float32Array;
    stopFrame: number;
  }
  let sounds: Sound[] = [];
  let framesNow = (): number => 0;
  const known = new WeakMap<AudioScheduledSourceNode, Sound>();
  const prototype: {
    start: (this: AudioBufferSourceNode, when?: number, ...rest: number[]) => void;
    stop: (this: AudioBufferSourceNode, when?: number) => void;
  } = AudioBufferSourceNode.prototype;
  const { start, stop } = prototype;

  prototype.start = function (when = 0, ...rest) {
    const { buffer } = this;
    if (buffer !== null) {
      const frame = Math.round(when * buffer.sampleRate);
      const samples = buffer.getChannelData(0).slice();
      const sound = { frame, samples, stopFrame: frame + samples.length };
      known.set(this, sound);
      sounds.push(sound);
      const { context } = this;
      framesNow = () => context.currentTime * context.sampleRate;
    }
    start.call(this, when, ...rest);
  };
  prototype.stop = function (when = 0) {
    const sound = known.get(this);
    const stopFrame = Math.round(when * this.context.sampleRate);
    if (sound !== undefined) sound.stopFrame = Math.min(sound.stopFrame, stopFrame);
    stop.call(this, when);
  };

  function read(): Piece[] {
    return sounds
      .filter(({ frame, stopFrame }) => stopFrame > frame)
      .toSorted((one, other) => one.frame - other.frame)
      .map(({ frame, samples, stopFrame }) => {
        const bytes = new Uint8Array(samples.slice(0, stopFrame - frame).buffer);
        let text = '';
        for (let at = 0; at < bytes.length; at += 0x8000) {
          text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
        }
        return { frame, base64: btoa(text) };
      });
  }

  function isSilent(): boolean {
    const momentFrames = 2000;
    return sounds.every(({ stopFrame }) => stopFrame + momentFrames < framesNow());
  }

  const tap: Tap = { forget: () => (sounds = []), isSilent, read };
  Object.assign(globalThis, { tap });
}
