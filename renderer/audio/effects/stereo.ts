import { glide } from './glide.ts';
import type { StereoPlan } from './plan.ts';
import type { Stage } from './stage.ts';

const left = 0;
const right = 1;

/**
 * Weighs two channels against each other. Music of one channel counts as the same in both, and of
 * more as what the loudspeakers would mix of it.
 */
export function openStereo(context: BaseAudioContext, plan: StereoPlan): Stage<StereoPlan> {
  const input = context.createGain();
  input.channelCount = 2;
  input.channelCountMode = 'explicit';
  const split = context.createChannelSplitter(2);
  const merge = context.createChannelMerger(2);
  input.connect(split);
  const turns = [
    cross(left, left, ({ leftToLeft }) => leftToLeft),
    cross(right, left, ({ rightToLeft }) => rightToLeft),
    cross(left, right, ({ leftToRight }) => leftToRight),
    cross(right, right, ({ rightToRight }) => rightToRight),
  ];

  function cross(from: number, to: number, share: (wanted: StereoPlan) => number) {
    const weight = context.createGain();
    weight.gain.value = share(plan);
    split.connect(weight, from);
    weight.connect(merge, 0, to);
    return (wanted: StereoPlan) => {
      glide(context, weight.gain, share(wanted));
    };
  }

  return {
    input,
    output: merge,
    turn: (wanted) => {
      for (const turn of turns) turn(wanted);
    },
  };
}
