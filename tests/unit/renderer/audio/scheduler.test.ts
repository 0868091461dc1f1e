import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../renderer/audio/decode/decode-messages.ts';
import type { Scheduled } from '../../../../renderer/audio/scheduler.ts';
import { createScheduler } from '../../../../renderer/audio/scheduler.ts';
import { createFakeOutput } from '../../../support/fake-output.ts';

/** Low, so that minutes of music are few numbers. */
const sampleRate = 4000;

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run'), frames: fc.nat(6000) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deliver'), blocks: fc.nat(12) }) },
  fc.constantFrom({ kind: 'pause' }, { kind: 'play' }, { kind: 'join' }, { kind: 'unjoin' }),
) satisfies fc.Arbitrary<Action>;

type Action =
  | { readonly kind: 'run'; readonly frames: number }
  | { readonly kind: 'deliver'; readonly blocks: number }
  | { readonly kind: 'pause' | 'play' | 'join' | 'unjoin' };

describe('the scheduler', () => {
  it('sounds every frame of two tracks once and in order, whatever happens between', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const deck = createDeck();
        deck.scheduler.begin(deck.first, false);
        deck.scheduler.play();
        for (const done of actions) deck.do(done);
        deck.finish();

        expect(deck.output.rendered()).toEqual(deck.allFrames);
        expect(deck.told.filter((event) => event.startsWith('started'))).toEqual(deck.starts);
        expect(deck.told.at(-1)).toBe('ranOut second');
      }),
    );
  });

  it('joins without waiting for anybody, and tells when the boundary is heard', () => {
    const deck = createDeck();
    deck.do({ kind: 'deliver', blocks: 100 });
    deck.scheduler.begin(deck.first, false);
    deck.scheduler.join(deck.second);
    deck.scheduler.play();
    const boundary = deck.output.leadFrames + deck.lengths.first;
    deck.output.run(boundary);
    expect(deck.told).toEqual(['started first']);
    expect(deck.scheduler.positionFrames()).toBe(deck.lengths.first - deck.output.latencyFrames());
    deck.output.run(deck.lengths.second);
    expect(deck.told.slice(0, 2)).toEqual(['started first', 'crossed second']);
    expect(deck.scheduler.underruns()).toBe(0);
  });

  it('keeps the position while it rests, and gives back what was not heard', () => {
    const deck = createDeck();
    deck.do({ kind: 'deliver', blocks: 100 });
    deck.scheduler.begin(deck.first, false);
    deck.scheduler.play();
    deck.output.run(5000);
    deck.scheduler.pause();
    const rests = deck.scheduler.positionFrames();
    deck.output.run(50_000);
    expect(deck.scheduler.positionFrames()).toBe(rests);
    expect(deck.output.rendered()).toHaveLength(rests);
    deck.scheduler.play();
    deck.output.run(500);
    expect(deck.output.rendered()).toEqual(deck.allFrames.slice(0, deck.output.rendered().length));
  });

  it('counts it when blocks come too late, and loses none of them', () => {
    const deck = createDeck();
    deck.do({ kind: 'deliver', blocks: 2 });
    deck.scheduler.begin(deck.first, false);
    deck.scheduler.play();
    deck.output.run(20_000);
    expect(deck.scheduler.isWaiting()).toBe(true);
    deck.do({ kind: 'deliver', blocks: 100 });
    expect(deck.scheduler.underruns()).toBe(1);
    deck.scheduler.join(deck.second);
    deck.output.run(200_000);
    expect(deck.output.rendered()).toEqual(deck.allFrames);
  });
});

/** Two tracks, their blocks still to be delivered, on a scheduler with a clock that stands. */
function createDeck() {
  const output = createFakeOutput(sampleRate);
  const told: string[] = [];
  const starts = ['started first'];
  const first = createTrack(1, [240, 480, 960, ...Array.from({ length: 30 }, () => 1000), 17]);
  const second = createTrack(100_001, [240, 480, 960, ...Array.from({ length: 9 }, () => 1000), 3]);
  const names = new Map([
    [first, 'first'],
    [second, 'second'],
  ]);
  let over = false;

  const scheduler = createScheduler<TestTrack>(output, {
    started: (track) => told.push(`started ${nameOf(track)}`),
    crossed: (track) => told.push(`crossed ${nameOf(track)}`),
    advanced: () => undefined,
    ranOut: (track) => {
      if (track === second) {
        if (!over) told.push('ranOut second');
        over = true;
        return;
      }
      // What the engine does where the session decided late.
      starts.push('started second');
      scheduler.begin(second, false);
    },
  });

  function nameOf(track: TestTrack): string {
    return names.get(track) ?? '';
  }

  function act(action: Action): void {
    switch (action.kind) {
      case 'run': {
        output.run(action.frames);
        return;
      }
      case 'deliver':
        second.deliver(action.blocks - first.deliver(action.blocks));
        {
          scheduler.pump();
          return;
        }
      case 'pause': {
        scheduler.pause();
        return;
      }
      case 'play': {
        scheduler.play();
        return;
      }
      case 'join':
      case 'unjoin':
        scheduler.settle();
        if (!told.includes('crossed second') && starts.length === 1) {
          scheduler.join(action.kind === 'join' ? second : null);
        }
    }
  }

  function finish(): void {
    act({ kind: 'deliver', blocks: 1000 });
    act({ kind: 'play' });
    output.run(400_000);
  }

  const lengths = { first: first.frames.length, second: second.frames.length };
  const allFrames = [...first.frames, ...second.frames];
  return { output, scheduler, told, starts, first, second, lengths, allFrames, do: act, finish };
}

interface TestTrack extends Scheduled {
  /** Lets blocks arrive; the end arrives with the last. Returns how many did. */
  readonly deliver: (blocks: number) => number;
  readonly frames: readonly number[];
}

/** A track whose frames are numbered, so that none can be missing or doubled unseen. */
function createTrack(firstValue: number, lengths: readonly number[]): TestTrack {
  const frames: number[] = [];
  const coming = lengths.map((length): Block => {
    const trackFrame = frames.length;
    for (let frame = 0; frame < length; frame += 1) frames.push(firstValue + trackFrame + frame);
    const planes = [Float32Array.from(frames.slice(-length))];
    return { planes, frames: length, trackFrame, speed: 1 };
  });
  const arrived: Block[] = [];
  return {
    startFrame: 0,
    frames,
    deliver: (blocks) => {
      const some = coming.splice(0, blocks);
      arrived.push(...some);
      return some.length;
    },
    stream: {
      take: () => arrived.shift(),
      putBack: (block) => void arrived.unshift(block),
      release: () => undefined,
      isFinished: () => coming.length === 0 && arrived.length === 0,
      failure: () => null,
    },
  };
}
