import type { Page } from '@playwright/test';

/** What the window put on the clock of its sound, channel 0, gaps and all. */
export interface Tapped {
  readonly samples: Float32Array;
  /** Runs of silence between two sounds, in frames; a player without gaps has none. */
  readonly gaps: readonly number[];
}

interface Tap {
  readonly forget: () => void;
  readonly isSilent: () => boolean;
  readonly read: () => { readonly base64: string; readonly gaps: readonly number[] };
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
  const { base64, gaps } = await window.evaluate(() =>
    (globalThis as unknown as { tap: Tap }).tap.read(),
  );
  const bytes = Buffer.from(base64, 'base64');
  return { samples: new Float32Array(Uint8Array.from(bytes).buffer), gaps };
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

  function read() {
    const heard = sounds.filter(({ frame, stopFrame }) => stopFrame > frame);
    const gaps: number[] = [];
    const pieces = heard.map(({ frame, samples, stopFrame }, index) => {
      const before = heard[index - 1];
      if (before !== undefined && frame !== before.stopFrame) gaps.push(frame - before.stopFrame);
      return samples.subarray(0, stopFrame - frame);
    });
    const bytes = new Uint8Array(
      pieces.flatMap((piece) => [...new Uint8Array(piece.slice().buffer)]),
    );
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return { base64: btoa(text), gaps };
  }

  function isSilent(): boolean {
    const momentFrames = 2000;
    return sounds.every(({ stopFrame }) => stopFrame + momentFrames < framesNow());
  }

  const tap: Tap = { forget: () => (sounds = []), isSilent, read };
  Object.assign(globalThis, { tap });
}
