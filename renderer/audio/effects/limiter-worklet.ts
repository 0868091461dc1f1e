import type { Limiter } from './limiter.ts';
import { createLimiter } from './limiter.ts';

// What the audio thread has, which TypeScript's library doesn't describe.
declare const sampleRate: number;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };
declare function registerProcessor(name: string, processor: new () => object): void;

const channels = 2;

/**
 * A class, since the audio thread asks for one. It ends when it is told to: while the music pauses it
 * has no input either, and once it has said that it is over Chromium never asks it again.
 */
class LimiterProcessor extends AudioWorkletProcessor {
  readonly limiter: Limiter = createLimiter(sampleRate, channels);
  isOver = false;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.isOver = true;
    };
  }

  process([input = []]: readonly Float32Array[][], [output = []]: readonly Float32Array[][]) {
    this.limiter.process(input, output);
    return !this.isOver;
  }
}

registerProcessor('limiter', LimiterProcessor);
