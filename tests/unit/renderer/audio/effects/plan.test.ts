import { describe, expect, it } from 'vitest';
import { nothing, planOf, shapeOf } from '../../../../../renderer/audio/effects/plan.ts';
import { defaultSoundSettings } from '../../../../../shared/default-sound.ts';
import { createCurve } from '../../../../../shared/equaliser-curve.ts';
import type { Equaliser, SoundSettings } from '../../../../../shared/sound-settings.ts';

const rate = 48_000;
const here = { outputId: 'here', mayExceed: false };
const bent: Equaliser = {
  on: true,
  preampDecibels: null,
  bands: [
    { kind: 'peak', hertz: 1000, decibels: 5, q: 1 },
    { kind: 'lowShelf', hertz: 200, decibels: 4, q: 0.7 },
  ],
};

describe('the plan of the effects', () => {
  it('is empty for whatever changes nothing', () => {
    const flat = bent.bands.map((band) => ({ ...band, decibels: 0 }));
    for (const settings of [
      {},
      { equalisers: { here: { ...bent, on: false } } },
      { equalisers: { here: { ...bent, bands: flat } } },
      { equalisers: { elsewhere: bent } },
    ]) {
      expect(planOf(sound(settings), here, rate)).toEqual(nothing);
    }
  });

  it('keeps an automatic pre-amp so low that no tone gets louder', () => {
    const { equaliser } = planOf(sound({ equalisers: { here: bent } }), here, rate);
    const curve = createCurve(bent.bands, rate);
    const highest = Math.max(...Array.from({ length: 2000 }, (_, at) => curve(20 + 10 * at)));
    expect(highest + (equaliser?.preampDecibels ?? 0)).toBeCloseTo(0, 1);
  });

  it('limits where the sound may be louder than it was decoded, and else not', () => {
    expect(planOf(sound({}), { ...here, mayExceed: true }, rate).limits).toBe(true);
    expect(planOf(sound({ equalisers: { here: bent } }), here, rate).limits).toBe(true);
    expect(planOf(sound({ mono: true, balance: 0.3 }), here, rate).limits).toBe(false);
  });

  it('has one shape for whatever the same nodes can be turned to', () => {
    const [peak, shelf] = bent.bands;
    if (peak === undefined || shelf === undefined) throw new Error('two bands are expected');
    const shapeWith = (bands: Equaliser['bands']) =>
      shapeOf(planOf(sound({ equalisers: { here: { ...bent, bands } } }), here, rate));
    expect(shapeWith([{ ...peak, decibels: 2, hertz: 900 }, shelf])).toBe(shapeWith([peak, shelf]));
    // The browser's own shelves have one steepness.
    expect(shapeWith([peak, { ...shelf, q: 1.5 }])).not.toBe(shapeWith([peak, shelf]));
    expect(shapeWith([shelf, peak])).not.toBe(shapeWith([peak, shelf]));
  });

  it('leaves bands out that lie where the output can carry no sound', () => {
    const high = { kind: 'peak', hertz: 16_000, decibels: 3, q: 1 } as const;
    const settings = sound({ equalisers: { here: { ...bent, bands: [high] } } });
    expect(planOf(settings, here, 16_000)).toEqual(nothing);
    expect(planOf(settings, here, rate).equaliser?.bands).toEqual([high]);
  });
});

function sound(changes: Partial<SoundSettings>): SoundSettings {
  return { ...defaultSoundSettings, ...changes };
}
