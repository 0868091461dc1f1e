import type { Plan } from './plan.ts';
import { openEqualiser } from './equaliser.ts';
import { createLimiterNode } from './limiter-node.ts';
import { openStereo } from './stereo.ts';

/** One way of the sound: the stages of a plan in their order, and a gain to fade it in and out. */
export interface Path {
  readonly input: AudioNode;
  readonly fader: GainNode;
  readonly latencyFrames: number;
  /** To another plan of the same shape. */
  readonly turn: (plan: Plan) => void;
  /** When nothing goes through it any more. */
  readonly close: () => void;
}

/** Nothing of it sounds before its input is connected. A plan that limits needs a loaded limiter. */
export function openPath(context: BaseAudioContext, plan: Plan): Path {
  const fader = context.createGain();
  const equaliser = plan.equaliser && openEqualiser(context, plan.equaliser);
  const stereo = plan.stereo && openStereo(context, plan.stereo);
  const limiter = plan.limits ? createLimiterNode(context) : null;

  const last = { input: fader, output: fader };
  const pieces = [equaliser, stereo, limiter, last].filter((piece) => piece !== null);
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1];
    if (next !== undefined) piece.output.connect(next.input);
  });
  return {
    input: pieces[0]?.input ?? fader,
    fader,
    latencyFrames: limiter?.latencyFrames ?? 0,
    turn: (wanted) => {
      if (wanted.equaliser !== null) equaliser?.turn(wanted.equaliser);
      if (wanted.stereo !== null) stereo?.turn(wanted.stereo);
    },
    close: () => {
      fader.disconnect();
      limiter?.close();
    },
  };
}
