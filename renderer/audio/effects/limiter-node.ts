import { createLimiter } from './limiter.ts';
import workletUrl from './limiter-worklet.ts?worker&url';

/** A way through the limiter, which runs in the audio thread. */
export interface LimiterNode {
  readonly input: AudioNode;
  readonly output: AudioNode;
  readonly latencyFrames: number;
  /** When nothing goes through it any more: the audio thread runs it till then. */
  readonly close: () => void;
}

/** Once for each context, before the first limiter is made there. */
export async function loadLimiter(context: BaseAudioContext): Promise<void> {
  await context.audioWorklet.addModule(workletUrl);
}

/** Two channels, whatever comes: one is doubled, more are mixed as the loudspeakers would. */
export function createLimiterNode(context: BaseAudioContext): LimiterNode {
  const node = new AudioWorkletNode(context, 'limiter', {
    channelCount: 2,
    channelCountMode: 'explicit',
    outputChannelCount: [2],
  });
  const { latencyFrames } = createLimiter(context.sampleRate, 2);
  const close = () => node.port.postMessage('close');
  return { input: node, output: node, latencyFrames, close };
}
