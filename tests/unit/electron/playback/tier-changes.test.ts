import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionRig } from '../../../support/session-rig.ts';
import { createSessionRig, idsOf, singles, spot } from '../../../support/session-rig.ts';
import { act } from './listener-acts.ts';

/** What a listener, time and a change of the tier may do, in any order and at any moment. */
const moments = fc.array(
  fc.record({
    premium: fc.boolean(),
    seconds: fc.integer({ min: 1, max: 70 }),
    wish: fc.constantFrom('nothing', 'repeat', 'loop', 'due'),
  }),
  { minLength: 6, maxLength: 30 },
);

describe('a threat', () => {
  it('tier change during playback: nothing is cut, no ad sounds on Premium, nothing is repeated once it is lost', () => {
    const seen = { spots: 0, stopped: 0 };
    fc.assert(
      fc.property(moments, (all) => {
        const rig = playing();
        for (const { premium, seconds, wish } of all) {
          expectChange(rig, premium, seen);
          if (wish === 'repeat') act(rig, { kind: 'setRepeat', repeat: 'track' });
          if (wish === 'loop') act(rig, { kind: 'startLoop', rounds: null, practice: null });
          if (wish === 'due') rig.dispatch({ kind: 'timePassed', seconds: 16 * 60 });
          rig.run(seconds);
        }
      }),
      { numRuns: 60 },
    );
    // Else it would have looked at nothing.
    expect(seen.spots).toBeGreaterThan(0);
    expect(seen.stopped).toBeGreaterThan(0);
  });
});

/** A queue that goes round, old enough for breaks; what sounds is watched from now on. */
function playing(): SessionRig {
  const tracks = singles(5, { seconds: 60 });
  const rig = createSessionRig({ tracks });
  rig.preparePod = () => [spot('one', 10), spot('two', 10)];
  rig.dispatch({ kind: 'setRepeat', repeat: 'all' });
  rig.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: false });
  rig.run(320);
  let before = rig.engine.sounds.length;
  rig.watch = () => {
    const { adBreak } = rig.view();
    const allowed = rig.world().allows('ad_free');
    if (allowed && adBreak !== null) throw new Error('An ad sounds on Premium');
    for (; before < rig.engine.sounds.length; before += 1) {
      const [last, sound] = rig.engine.sounds.slice(before - 1, before + 1);
      if (allowed || last?.kind !== 'track' || sound?.kind !== 'track') continue;
      if (last.play.entry === sound.play.entry) throw new Error('Something is repeated for free');
    }
  };
  return rig;
}

function expectChange(rig: SessionRig, premium: boolean, seen: { spots: number; stopped: number }) {
  const before = rig.view();
  rig.setPremium(premium);
  const after = rig.view();
  expect(after.now?.play).toBe(before.now?.play);
  expect(after.status).toBe('playing');
  if (before.adBreak === null) {
    expect(after.adBreak).toBeNull();
    expect(after.seek).toBe(before.seek);
    return;
  }
  seen.spots += 1;
  if (!premium) return;
  // Gained in the middle of an ad: the music is there at once, from its first sample.
  seen.stopped += 1;
  expect(after).toMatchObject({ adBreak: null, positionSeconds: 0 });
}
