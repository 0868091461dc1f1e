import type { Page } from '@playwright/test';

/** What leaves the listener's volume on channel 0: at full volume what came there. */
export interface MasterTap {
  /** Drops what was heard so far. */
  readonly forget: () => Promise<void>;
  /** The newest frames; fewer while there are not so many. */
  readonly last: (frames: number) => Promise<Float32Array>;
  /**
   * All that was heard, in order. Null when the window's own thread, through which it comes, was
   * held up and missed some of it.
   */
  readonly read: () => Promise<Float32Array | null>;
}

interface Heard {
  samples: number[];
  /** The context's count of each sample: one that is no successor shows what was missed. */
  counts: number[];
}

/** The old way to hear samples, deprecated: the new one needs a file of the app's own. */
interface Tapping {
  readonly createScriptProcessor: (frames: number, inputs: number, outputs: number) => TapNode;
}

interface TapNode extends AudioNode {
  onaudioprocess: (event: { readonly inputBuffer: AudioBuffer }) => void;
}

/** Call before anything sounds. */
export async function tapMaster(window: Page): Promise<MasterTap> {
  await window.waitForFunction(() => {
    const { Howler } = globalThis as { Howler?: { readonly masterGain: GainNode | null } };
    return Howler !== undefined && Howler.masterGain !== null;
  });
  await window.evaluate(installTap);
  return {
    forget: () =>
      window.evaluate(() => {
        const { heard } = globalThis as unknown as { heard: Heard };
        heard.samples = [];
        heard.counts = [];
      }),
    last: async (frames) =>
      Float32Array.from(
        await window.evaluate(
          (wanted) => (globalThis as unknown as { heard: Heard }).heard.samples.slice(-wanted),
          frames,
        ),
      ),
    read: async () => {
      const { samples, counts } = await window.evaluate(
        () => (globalThis as unknown as { heard: Heard }).heard,
      );
      const [first = 0] = counts;
      const whole = counts.every((count, index) => count === first + index);
      return whole ? Float32Array.from(samples) : null;
    },
  };
}

/** Runs in the page, so it stands alone. */
function installTap(): void {
  const { masterGain } = (globalThis as unknown as { Howler: { masterGain: GainNode } }).Howler;
  const { context } = masterGain;
  const heard: Heard = { samples: [], counts: [] };
  Object.assign(globalThis, { heard });

  // A second channel counts the frames; whole numbers up to 2^24 are exact.
  const longestSeconds = 300;
  const counter = context.createBuffer(1, longestSeconds * context.sampleRate, context.sampleRate);
  counter.getChannelData(0).forEach((_, frame, counts) => {
    counts[frame] = frame;
  });
  const counting = context.createBufferSource();
  counting.buffer = counter;
  const [music, both] = [context.createChannelSplitter(2), context.createChannelMerger(2)];
  masterGain.connect(music).connect(both, 0, 0);
  counting.connect(both, 0, 1);
  const tap = (context as unknown as Tapping).createScriptProcessor(16_384, 2, 1);
  tap.onaudioprocess = ({ inputBuffer }) => {
    for (const sample of inputBuffer.getChannelData(0)) heard.samples.push(sample);
    for (const count of inputBuffer.getChannelData(1)) heard.counts.push(Math.round(count));
  };
  both.connect(tap).connect(context.destination);
  counting.start();
}
