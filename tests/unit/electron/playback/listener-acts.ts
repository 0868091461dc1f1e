import fc from 'fast-check';
import { RefrainError } from '../../../../shared/errors.ts';
import type { SessionEvent } from '../../../../electron/playback/session-state.ts';
import type { SessionRig } from '../../../support/session-rig.ts';

const picks = fc.array(fc.nat(20), { maxLength: 3 });
const ids = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 5 });

const sleeps = fc.oneof(
  fc.record({ kind: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constantFrom('track' as const, 'album' as const) }),
);

export const oneAct = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      seconds: fc.integer({ min: 1, max: 260 }),
    }),
  },
  fc.record({
    kind: fc.constant('play' as const),
    ids,
    start: fc.option(fc.nat(5)),
    shuffle: fc.option(fc.boolean()),
  }),
  fc.record({
    kind: fc.constant('enqueue' as const),
    ids,
    where: fc.constantFrom('next' as const, 'end' as const),
  }),
  fc.record({ kind: fc.constant('jump' as const), pick: fc.nat(20) }),
  fc.record({ kind: fc.constant('removeEntries' as const), picks }),
  fc.record({ kind: fc.constant('moveEntries' as const), picks, before: fc.option(fc.nat(20)) }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'resume' as const,
        'pause' as const,
        'next' as const,
        'previous' as const,
      ),
    }),
  },
  fc.record({ kind: fc.constantFrom('clear' as const, 'skipSpot' as const) }),
  fc.record({ kind: fc.constant('seek' as const), seconds: fc.integer({ min: 0, max: 300 }) }),
  fc.record({ kind: fc.constant('setVolume' as const), volume: fc.constantFrom(0, 0.5, 1) }),
  fc.record({ kind: fc.constant('setMuted' as const), muted: fc.boolean() }),
  fc.record({ kind: fc.constant('setShuffle' as const), shuffle: fc.boolean() }),
  fc.record({
    kind: fc.constant('setRepeat' as const),
    repeat: fc.constantFrom('off' as const, 'all' as const, 'track' as const),
  }),
  fc.record({ kind: fc.constant('setSleep' as const), sleep: fc.option(sleeps) }),
  fc.record({ kind: fc.constant('setStopAfter' as const), pick: fc.option(fc.nat(20)) }),
  fc.record({ kind: fc.constant('repeatTimes' as const), times: fc.integer({ min: 2, max: 4 }) }),
  fc.record({
    kind: fc.constant('setLoopPoint' as const),
    point: fc.constantFrom('start' as const, 'end' as const),
    seconds: fc.integer({ min: 0, max: 250 }),
    starts: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('startLoop' as const),
    rounds: fc.option(fc.integer({ min: 2, max: 5 })),
    practice: fc.option(
      fc.record({
        fromPercent: fc.integer({ min: 50, max: 120 }),
        stepPercent: fc.integer({ min: 0, max: 30 }),
        toPercent: fc.integer({ min: 50, max: 300 }),
      }),
    ),
  }),
  fc.record({ kind: fc.constantFrom('stopLoop' as const, 'clearLoop' as const) }),
  fc.record({
    kind: fc.constant('tune' as const),
    crossfadeSeconds: fc.integer({ min: 0, max: 12 }),
    speed: fc.constantFrom(0.5, 1, 1.5),
  }),
  fc.record({
    kind: fc.constant('break' as const),
    id: fc.integer({ min: 1, max: 8 }),
    isBroken: fc.boolean(),
  }),
);
export type Act = typeof oneAct extends fc.Arbitrary<infer One> ? One : never;

/** What a listener does, and what may go wrong meanwhile. */
export const acts = fc.array(oneAct, { maxLength: 30 });

/** Does it; a refusal is an answer like any other, other errors are not. */
export function act(rig: SessionRig, one: Act): void {
  if (one.kind === 'run') {
    rig.run(one.seconds);
    return;
  }
  if (one.kind === 'break') {
    if (one.isBroken) rig.engine.broken.add(one.id);
    else rig.engine.broken.delete(one.id);
    return;
  }
  if (one.kind === 'tune') {
    rig.setSound({ crossfadeSeconds: one.crossfadeSeconds, speed: one.speed });
    return;
  }
  try {
    rig.dispatch(eventOf(rig, one));
  } catch (error) {
    if (!(error instanceof RefrainError)) throw error;
  }
}

function eventOf(
  rig: SessionRig,
  one: Exclude<Act, { kind: 'run' | 'break' | 'tune' }>,
): SessionEvent {
  switch (one.kind) {
    case 'play':
      return {
        kind: 'play',
        trackIds: Uint32Array.from(one.ids),
        start: one.start,
        shuffle: one.shuffle ?? undefined,
      };
    case 'enqueue':
      return { kind: 'enqueue', trackIds: Uint32Array.from(one.ids), where: one.where };
    case 'jump':
      return { kind: 'jump', entry: entryOf(rig, one.pick) };
    case 'removeEntries':
      return { kind: 'removeEntries', entries: one.picks.map((pick) => entryOf(rig, pick)) };
    case 'moveEntries': {
      const entries = one.picks.map((pick) => entryOf(rig, pick));
      return {
        kind: 'moveEntries',
        entries,
        before: one.before === null ? null : entryOf(rig, one.before),
      };
    }
    case 'setStopAfter':
      return { ...one, entry: one.pick === null ? null : entryOf(rig, one.pick) };
    case 'setLoopPoint':
      return { ...one, play: rig.state().now?.play ?? 0 };
    case 'resume':
    case 'pause':
    case 'next':
    case 'previous':
    case 'clear':
    case 'skipSpot':
    case 'seek':
    case 'setVolume':
    case 'setMuted':
    case 'setShuffle':
    case 'setRepeat':
    case 'setSleep':
    case 'repeatTimes':
    case 'startLoop':
    case 'stopLoop':
    case 'clearLoop':
      return one;
  }
}

function entryOf(rig: SessionRig, pick: number): number {
  const { entryIds } = rig.state().queue;
  return entryIds[pick % Math.max(1, entryIds.length)] ?? 1;
}
