import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scheduled } from '../../../../renderer/audio/lane.ts';
import type { Pace } from '../../../../renderer/audio/scheduler.ts';
import { createScheduler } from '../../../../renderer/audio/scheduler.ts';
import type { Heard } from '../../../support/fake-output.ts';
import { createFakeOutput } from '../../../support/fake-output.ts';
import type { NumberedStream } from '../../../support/numbered-stream.ts';
import { createNumberedStream, numberOf } from '../../../support/numbered-stream.ts';

/** Low, so that minutes of music are few numbers. */
const sampleRate = 1000;
const pace = fc.constantFrom<Pace>('quick', 'slow');

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run'), frames: fc.nat(1500) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deliver'), blocks: fc.nat(12) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'play'), pace }) },
  fc.record({ kind: fc.constant('join'), overlapFrames: fc.constantFrom(0, 0, 50, 500, 2200) }),
  fc.record({ kind: fc.constant('seek'), frame: fc.nat(3000) }),
  fc.constantFrom({ kind: 'unjoin' }, { kind: 'revise' }),
) satisfies fc.Arbitrary<Action>;

type Action =
  | { readonly kind: 'run'; readonly frames: number }
  | { readonly kind: 'deliver'; readonly blocks: number }
  | { readonly kind: 'pause' | 'play'; readonly pace: Pace }
  | { readonly kind: 'join'; readonly overlapFrames: number }
  | { readonly kind: 'seek'; readonly frame: number }
  | { readonly kind: 'unjoin' | 'revise' };

/** The blocks of a track as the decoder cuts them. */
const lengths = [
  [60, 120, 240, ...Array.from({ length: 30 }, () => 250), 17],
  [60, 120, 240, ...Array.from({ length: 9 }, () => 250), 3],
  [60, 120, 240, ...Array.from({ length: 20 }, () => 250), 249],
];

describe('the scheduler', () => {
  it('loses and doubles no frame of any track, whatever happens in between', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const desk = createDesk();
        for (const done of actions) desk.do(done);
        desk.finish();
        desk.expectAllInOrder();
        expect(desk.told.at(-1)).toBe('ranOut 2');
      }),
      { numRuns: 100 },
    );
  });

  it('sounds two tracks at once only while they fade into each other with equal power', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const desk = createDesk();
        for (const done of actions) {
          desk.do({ kind: 'deliver', blocks: 1000 });
          desk.do(done);
        }
        desk.finish();
        expect(desk.scheduler.underruns()).toBe(0);
        const wrong = [...byFrame(desk.kept()).values()].find((together) => {
          const power = together.reduce((total, { fade }) => total + fade ** 2, 0);
          return together.length > 2 || Math.abs(power - 1) > 1e-6;
        });
        expect(wrong).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('knows at every rest which frame will be heard next', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), pace, (actions, how) => {
        const desk = createDesk();
        for (const done of actions) desk.do(done);
        desk.do({ kind: 'deliver', blocks: 1000 });
        desk.do({ kind: 'play', pace: how });
        desk.output.run(700);
        desk.do({ kind: 'pause', pace: how });
        desk.output.run(2000);
        const { current } = desk;
        const place = desk.scheduler.positionFrames();
        const before = desk.output.heard().length;
        desk.do({ kind: 'play', pace: how });
        desk.output.run(700);
        const after = desk.output.heard().slice(before);
        const ofCurrent = after.find(({ value }) => numberOf(value).stream === current().stream.id);
        if (ofCurrent !== undefined) expect(numberOf(ofCurrent.value).frame).toBe(place);
      }),
      { numRuns: 100 },
    );
  });

  it('joins without waiting for anybody, and tells when the boundary is heard', () => {
    const desk = createDesk();
    desk.do({ kind: 'deliver', blocks: 100 });
    desk.do({ kind: 'join', overlapFrames: 0 });
    const [first = 0, second = 0] = lengths.map(sum);
    desk.output.run(desk.output.leadFrames + first);
    expect(desk.told).toEqual(['started 0']);
    expect(desk.scheduler.positionFrames()).toBe(first - desk.output.latencyFrames());
    desk.output.run(second);
    expect(desk.told.slice(0, 2)).toEqual(['started 0', 'crossed 1']);
    expect(desk.scheduler.underruns()).toBe(0);
  });

  it('changes the level on the very sample where the next track begins', () => {
    const desk = createDesk([0.5, 2, 1]);
    desk.do({ kind: 'deliver', blocks: 100 });
    desk.do({ kind: 'join', overlapFrames: 0 });
    desk.output.run(sum(lengths[0]) + sum(lengths[1]) + 1000);
    const levels = grouped(desk.output.heard(), ({ level }) => level);
    expect(levels.get(0.5)?.every(({ value }) => numberOf(value).stream === 1)).toBe(true);
    expect(levels.get(2)?.every(({ value }) => numberOf(value).stream === 2)).toBe(true);
    expect(byFrame(desk.output.heard()).size).toBe(sum(lengths[0]) + sum(lengths[1]));
  });

  it('crossfades over just so many frames and tells of it when the next track is first heard', () => {
    const desk = createDesk();
    desk.do({ kind: 'deliver', blocks: 100 });
    desk.do({ kind: 'join', overlapFrames: 500 });
    const crossing = desk.output.leadFrames + sum(lengths[0]) - 500;
    desk.output.run(crossing);
    expect(desk.told).toEqual(['started 0']);
    desk.output.run(450);
    expect(desk.told).toEqual(['started 0', 'crossed 1']);
    expect(desk.scheduler.positionFrames()).toBe(450 - desk.output.latencyFrames());
    desk.output.run(2000);
    const together = [...byFrame(desk.output.heard())].filter(([, heard]) => heard.length === 2);
    expect(together).toHaveLength(500);
    expect(together[0]?.[0]).toBe(crossing);
  });

  it('goes on with a crossfade where a pause broke it off', () => {
    const desk = createDesk();
    desk.do({ kind: 'deliver', blocks: 100 });
    desk.do({ kind: 'join', overlapFrames: 1200 });
    desk.output.run(sum(lengths[0]) - 600);
    desk.do({ kind: 'pause', pace: 'slow' });
    desk.output.run(2000);
    const before = desk.output.heard().length;
    desk.do({ kind: 'play', pace: 'slow' });
    desk.output.run(800);
    const [leaving, entering] = desk.output.heard().slice(before);
    expect(leaving?.fade).toBeCloseTo(Math.SQRT1_2, 1);
    expect(entering?.fade).toBeCloseTo(Math.SQRT1_2, 1);
    desk.finish();
    desk.expectAllInOrder();
  });

  it('takes a crossfade back that has not begun', () => {
    const desk = createDesk();
    desk.do({ kind: 'deliver', blocks: 100 });
    desk.do({ kind: 'join', overlapFrames: 1200 });
    desk.output.run(sum(lengths[0]) - 1500);
    desk.do({ kind: 'join', overlapFrames: 0 });
    desk.finish();
    expect(desk.output.heard().every(({ fade }) => fade === 1)).toBe(true);
    expect(byFrame(desk.output.heard()).size).toBe(desk.output.heard().length);
    desk.expectAllInOrder();
  });

  it('goes on within a slow fade out as soon as it is asked to, from where it was paused', () => {
    const desk = createDesk();
    desk.do({ kind: 'deliver', blocks: 100 });
    desk.output.run(1500);
    desk.do({ kind: 'pause', pace: 'slow' });
    const rests = desk.scheduler.positionFrames();
    desk.output.run(60);
    desk.do({ kind: 'play', pace: 'slow' });
    const resumed = desk.output.heard().length;
    desk.output.run(250);
    const again = desk.output.heard().slice(resumed);
    const fromRest = again.find(({ value, endFadeFrames }) => {
      return endFadeFrames === null && numberOf(value).frame === rests;
    });
    expect(fromRest).toBeDefined();
    desk.finish();
    desk.expectAllInOrder();
  });

  it('counts it when blocks come too late, and loses none of them', () => {
    const desk = createDesk();
    desk.do({ kind: 'deliver', blocks: 2 });
    desk.output.run(2000);
    expect(desk.scheduler.isWaiting()).toBe(true);
    desk.do({ kind: 'deliver', blocks: 100 });
    expect(desk.scheduler.underruns()).toBe(1);
    desk.finish();
    desk.expectAllInOrder();
  });
});

interface TestTrack extends Scheduled {
  readonly place: number;
  readonly stream: NumberedStream;
}

/** Three tracks, their blocks still to be delivered, on a scheduler that plays and a clock that stands. */
function createDesk(gains: readonly number[] = [1, 1, 1]) {
  const output = createFakeOutput(sampleRate);
  const told: string[] = [];
  const tracks: TestTrack[] = [];
  /** Streams that were left in the middle. */
  const abandoned = new Set<TestTrack>();
  let current = createTrack(0, 0);
  let next: TestTrack | null = createTrack(1, 0);
  let over = false;

  const scheduler = createScheduler<TestTrack>(output, {
    started: ({ place }) => told.push(`started ${place}`),
    crossed: (track) => {
      told.push(`crossed ${track.place}`);
      goTo(track);
    },
    advanced: () => undefined,
    reached: () => undefined,
    ranOut: () => {
      if (next === null) {
        if (!over) told.push(`ranOut ${current.place}`);
        over = true;
        return;
      }
      // What the engine does where the session decided late.
      goTo(next);
      scheduler.begin(current, false);
    },
  });
  scheduler.begin(current, false);
  scheduler.play('quick');

  function createTrack(place: number, startFrame: number): TestTrack {
    const stream = createNumberedStream(tracks.length + 1, lengths[place] ?? [], startFrame);
    const track = { place, startFrame, stream, gain: () => gains[place] ?? 1 };
    tracks.push(track);
    return track;
  }

  function goTo(track: TestTrack): void {
    current = track;
    next = track.place + 1 < lengths.length ? createTrack(track.place + 1, 0) : null;
  }

  function act(action: Action): void {
    switch (action.kind) {
      case 'run':
        output.run(action.frames);
        return;
      case 'deliver':
        deliver(action.blocks);
        return;
      case 'pause':
        scheduler.pause(action.pace);
        return;
      case 'play':
        scheduler.play(action.pace);
        return;
      case 'join':
        scheduler.settle();
        if (next !== null) {
          const longest = Math.min(...[current, next].map(({ place }) => sum(lengths[place]))) / 2;
          scheduler.join(next, Math.floor(Math.min(action.overlapFrames, longest)));
        }
        return;
      case 'unjoin':
        scheduler.settle();
        scheduler.join(null, 0);
        return;
      case 'revise':
        scheduler.revise(() => undefined);
        return;
      case 'seek': {
        if (over) return;
        for (const track of tracks) abandoned.add(track);
        current = createTrack(current.place, Math.min(action.frame, sum(lengths[current.place])));
        if (next !== null) next = createTrack(next.place, 0);
        scheduler.begin(current, true);
      }
    }
  }

  function deliver(blocks: number): void {
    const arrived = current.stream.deliver(blocks);
    next?.stream.deliver(blocks - arrived);
    scheduler.pump();
  }

  function finish(): void {
    for (let round = 0; round < 20 && !over; round += 1) {
      act({ kind: 'deliver', blocks: 1000 });
      act({ kind: 'play', pace: 'quick' });
      output.run(2500);
    }
  }

  /** What was heard but for what a slow fade took back. */
  function kept(): readonly Heard[] {
    return output.heard().filter(({ endFadeFrames }) => (endFadeFrames ?? 0) < 100);
  }

  function expectAllInOrder(): void {
    const heard = grouped(kept(), ({ value }) => numberOf(value).stream);
    for (const track of tracks) {
      const frames = (heard.get(track.stream.id) ?? []).map(({ value }) => numberOf(value).frame);
      const { startFrame } = track;
      expect(frames.findIndex((frame, index) => frame !== startFrame + index)).toBe(-1);
      if (!abandoned.has(track)) expect(frames.length).toBe(sum(lengths[track.place]) - startFrame);
    }
  }

  return {
    output,
    scheduler,
    told,
    current: () => current,
    do: act,
    finish,
    kept,
    expectAllInOrder,
  };
}

function byFrame(heard: readonly Heard[]): Map<number, Heard[]> {
  return grouped(heard, ({ atFrame }) => atFrame);
}

function grouped(heard: readonly Heard[], key: (one: Heard) => number): Map<number, Heard[]> {
  const groups = new Map<number, Heard[]>();
  for (const one of heard) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
}

function sum(numbers: readonly number[] = []): number {
  return numbers.reduce((total, number) => total + number, 0);
}
