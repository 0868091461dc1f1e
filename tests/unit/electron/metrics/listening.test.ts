import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createListening } from '../../../../electron/metrics/listening.ts';
import type { EventData, EventType } from '../../../../electron/metrics/registry.ts';
import { registry } from '../../../../electron/metrics/registry.ts';
import type { SessionView } from '../../../../shared/session.ts';
import { createSessionRig, track } from '../../../support/session-rig.ts';

interface Noted {
  readonly type: EventType;
  readonly data: unknown;
  readonly at: number;
}

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('play' as const),
      seconds: fc.integer({ min: 1, max: 400 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('next' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pause' as const),
      seconds: fc.integer({ min: 1, max: 4000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mute' as const),
      seconds: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('break' as const),
      seconds: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('seek' as const),
      seconds: fc.integer({ min: 0, max: 5000 }),
    }),
  },
);

describe('what is noted of listening', () => {
  it('adds up to the music that was heard and no more, and all of it is in the registry', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const rig = createRig();
        let heard = 0;
        rig.play();
        for (const one of acts) {
          switch (one.kind) {
            case 'play':
              heard += one.seconds;
              rig.hear(one.seconds);
              break;
            case 'mute':
              rig.show({ muted: true });
              rig.hear(one.seconds);
              rig.show({ muted: false });
              break;
            case 'break':
              rig.takeBreak(one.seconds);
              break;
            case 'pause':
              rig.show({ status: 'paused' });
              rig.wait(one.seconds);
              rig.show({ status: 'playing' });
              break;
            case 'seek':
              rig.seek(one.seconds);
              break;
            case 'next':
              rig.play();
              break;
          }
        }
        rig.listening.close();
        for (const { type, data } of rig.noted) registry[type].data.parse(data);
        const music = rig.of('music.heard').map((data) => data.seconds);
        const sum = music.reduce((all, seconds) => all + seconds, 0);
        const sessions = rig.of('session.ended');
        expect(sum).toBeLessThanOrEqual(heard + music.length * 0.05);
        // After each interruption the first report only says where the sound is now.
        expect(sum).toBeGreaterThan(heard - (acts.length + 1) * 0.6);
        expect(sessions.length).toBe(rig.of('session.began').length);
        expect(rig.of('sound.stalled')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('has 30 seconds of a play once, however long it goes on', () => {
    const rig = createRig();
    rig.play();
    rig.hear(29);
    expect(rig.of('play.heard_30s')).toHaveLength(0);
    rig.hear(200);
    expect(rig.of('play.heard_30s')).toHaveLength(1);
    rig.play();
    rig.hear(40);
    expect(rig.of('play.heard_30s')).toHaveLength(2);
    expect(rig.thirties()).toBe(2);
  });

  it('has the wait for the first sound, but none where the engine went over by itself', () => {
    const rig = createRig();
    rig.show({ status: 'playing', play: 1 });
    rig.wait(0.7);
    rig.listening.heard({ kind: 'started', play: 1 });
    expect(rig.of('sound.began')).toEqual([{ milliseconds: 700 }]);
    rig.hear(10);
    rig.listening.heard({ kind: 'crossed', play: 2 });
    rig.show({ play: 2 });
    rig.hear(10);
    expect(rig.of('sound.began')).toHaveLength(1);
    expect(rig.of('track.started')).toHaveLength(2);
  });

  it('has a stall once, when the sound stands still, and none when the machine slept', () => {
    const rig = createRig();
    rig.play();
    rig.hear(5);
    rig.wait(8);
    expect(rig.of('sound.stalled')).toHaveLength(1);
    rig.hear(5);
    rig.sleep(3600);
    rig.hear(5);
    expect(rig.of('sound.stalled')).toHaveLength(1);
  });

  it('says how soon after a break a session ended', () => {
    const rig = createRig();
    rig.play();
    rig.hear(60);
    rig.takeBreak(30);
    rig.hear(20);
    rig.show({ status: 'paused' });
    rig.wait(31 * 60);
    const [ended] = rig.of('session.ended');
    expect(ended?.secondsSinceBreak).toBeGreaterThan(19);
    expect(ended?.secondsSinceBreak).toBeLessThan(22);
    expect(rig.of('break.began')).toEqual([{ spots: 1 }]);
  });
});

/** A session that is heard: an engine that reports twice a second, and a tick each second. */
function createRig() {
  const noted: Noted[] = [];
  let milliseconds = 1_000_000;
  let play = 0;
  let position = 0;
  let thirties = 0;
  let view = idleView;
  const listening = createListening({
    note: (type, data, at = milliseconds) => void noted.push({ type, data, at }),
    heard30Seconds: () => void (thirties += 1),
    now: () => milliseconds,
    monotonic: () => milliseconds,
  });

  function show({ play: shown = play, ...change }: Change): void {
    play = shown;
    const now = { play, entry: play, track: track(play), startSeconds: 0, inAlbum: false };
    view = { ...view, now, ...change };
    listening.follow(view);
  }
  function wait(seconds: number): void {
    const end = milliseconds + seconds * 1000;
    while (milliseconds < end) {
      milliseconds = Math.min(end, milliseconds + 1000);
      listening.tick();
    }
  }
  function hear(seconds: number): void {
    listening.heard({ kind: 'position', play, seconds: position });
    for (let half = 0; half < seconds * 2; half += 1) {
      milliseconds += 500;
      position += 0.5;
      listening.heard({ kind: 'position', play, seconds: position });
      if (half % 2 === 1) listening.tick();
    }
  }
  return {
    noted,
    listening,
    show,
    wait,
    hear,
    thirties: () => thirties,
    of: <Type extends EventType>(type: Type) =>
      noted.filter((one) => one.type === type).map(({ data }) => data as EventData<Type>),
    play(): void {
      position = 0;
      show({ status: 'playing', play: play + 1 });
      listening.heard({ kind: 'started', play });
    },
    seek(seconds: number): void {
      position = seconds;
      show({ seek: view.seek + 1, positionSeconds: seconds });
    },
    takeBreak(seconds: number): void {
      show({ adBreak: spotView });
      wait(seconds);
      show({ adBreak: null });
    },
    /** The machine sleeps: nothing runs, and the clock has gone on when it wakes. */
    sleep(seconds: number): void {
      milliseconds += seconds * 1000;
      listening.tick();
    },
  };
}

type Change = Partial<SessionView> & { readonly play?: number };

const idleView = createSessionRig({ tracks: [] }).view();

const spotView = { spot: 1, index: 1, count: 1 } as NonNullable<SessionView['adBreak']>;
