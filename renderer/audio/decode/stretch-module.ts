/** The stretcher as it was compiled. Pointers are bytes into its memory. */
export interface StretchModule {
  readonly _presetDefault: (channels: number, sampleRate: number) => void;
  /** Makes room for so many frames per channel, first all inputs and behind them all outputs. */
  readonly _setBuffers: (channels: number, frames: number) => number;
  /** Takes input and gives output in one go: their lengths' ratio is the speed. */
  readonly _process: (inputFrames: number, outputFrames: number) => void;
  /** Frames from the newest of the input to what is stretched next. */
  readonly _inputLatency: () => number;
  /** Frames from what is stretched to where it comes out. */
  readonly _outputLatency: () => number;
  /** Its buffer is another one after the memory has grown. */
  readonly HEAP8: Int8Array<ArrayBuffer>;
}

/** What is of use of the package's processor. */
interface Processor {
  port: { readonly postMessage: () => void };
  wasmModule?: StretchModule;
}

type ProcessorConstructor = new (options: object) => Processor;

let loading: Promise<ProcessorConstructor> | null = null;

/** Who waits for a processor to run; its first message says that it does. */
const waiting = new Map<Processor, () => void>();

/** A fresh stretcher: memory of its own, no sound in it. */
export async function createStretchModule(): Promise<StretchModule> {
  loading ??= loadProcessor();
  const Processor = await loading;
  const processor = new Processor({ numberOfOutputs: 1, outputChannelCount: [2] });
  await new Promise<void>((resolve) => waiting.set(processor, resolve));
  if (processor.wasmModule === undefined) throw new Error('The stretcher did not start.');
  return processor.wasmModule;
}

/**
 * The package is made for the audio thread, where samples can't be asked to come sooner or later.
 * Here it is told that it were there, so that it registers its processor, whose inside is all that
 * is wanted: stretched where tracks are decoded, blocks stay exact on the clock.
 */
async function loadProcessor(): Promise<ProcessorConstructor> {
  const registered: ProcessorConstructor[] = [];
  Object.assign(globalThis, {
    sampleRate: 48_000,
    AudioWorkletProcessor: StandInProcessor,
    registerProcessor: (_name: string, processor: ProcessorConstructor) => {
      registered.push(processor);
    },
  });
  await import('signalsmith-stretch');
  const [processor] = registered;
  if (processor === undefined) throw new Error('The stretcher did not register.');
  return processor;
}

/** What the package's processor extends, so a constructor. */
function StandInProcessor(this: Processor): void {
  this.port = {
    postMessage: () => {
      waiting.get(this)?.();
      waiting.delete(this);
    },
  };
}
