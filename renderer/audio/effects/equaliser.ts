import { biquadOf } from '../../../shared/equaliser-curve.ts';
import type { EqualiserBand } from '../../../shared/sound-settings.ts';
import { glide } from './glide.ts';
import type { EqualiserPlan } from './plan.ts';
import { isPlain } from './plan.ts';
import type { Stage } from './stage.ts';

const filterTypes = { peak: 'peaking', lowShelf: 'lowshelf', highShelf: 'highshelf' } as const;

/** The pre-amp and behind it a filter for each band. */
export function openEqualiser(
  context: BaseAudioContext,
  plan: EqualiserPlan,
): Stage<EqualiserPlan> {
  const preamp = context.createGain();
  preamp.gain.value = gainOf(plan);
  const filters = plan.bands.map((band) => openFilter(context, band));
  const output = filters.reduce<AudioNode>((before, { node }) => before.connect(node), preamp);
  return {
    input: preamp,
    output,
    turn: (wanted) => {
      glide(context, preamp.gain, gainOf(wanted));
      wanted.bands.forEach((band, index) => filters[index]?.turn(band));
    },
  };
}

interface Filter {
  readonly node: AudioNode;
  readonly turn: (band: EqualiserBand) => void;
}

function openFilter(context: BaseAudioContext, band: EqualiserBand): Filter {
  const filter = isPlain(band) ? null : biquadOf(band, context.sampleRate);
  if (filter !== null) {
    // Its values stand still: another band of this kind is another shape.
    const node = context.createIIRFilter([...filter.b], [...filter.a]);
    return { node, turn: () => undefined };
  }
  const node = context.createBiquadFilter();
  node.type = filterTypes[band.kind];
  node.frequency.value = band.hertz;
  node.gain.value = band.decibels;
  node.Q.value = band.q;
  return {
    node,
    turn: ({ hertz, decibels, q }) => {
      glide(context, node.frequency, hertz);
      glide(context, node.gain, decibels);
      glide(context, node.Q, q);
    },
  };
}

function gainOf({ preampDecibels }: EqualiserPlan): number {
  return 10 ** (preampDecibels / 20);
}
