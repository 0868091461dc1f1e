import type { Limiter } from './limiter.ts';
import { createLimiter } from './limiter.ts';

// What the audio thread has, which TypeScript's library doesn't describe.
declare const sampleRate: number;
declare const AudioWorkletProcessor: new () => object;
declare function registerProcessor(name: string, processor: new () => object): void;

const channels = 2;

/** A class, since the audio thread asks for one. Ends when nothing is connected any more. */
class LimiterProcessor extends AudioWorkletProcessor {
  readonly limiter: Limiter = createLimiter(sampleRate, channels);
  wasConnected = false;

  process([input = []]: readonly Float32Array[][], [output = []]: readonly Float32Array[][]) {
    this.limiter.process(input, output);
    const isConnected = input.length > 0;
    const isOver = this.wasConnected && !isConnected;
    this.wasConnected ||= isConnected;
    return !isOver;
  }
}

registerProcessor('limiter', LimiterProcessor);
