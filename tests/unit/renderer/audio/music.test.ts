import { describe, expect, it } from 'vitest';
import { createMusic } from '../../../../renderer/audio/music.ts';
import { defaultSoundSettings } from '../../../../shared/default-sound.ts';
import type { EngineReport, Play, SessionView } from '../../../../shared/session.ts';
import { createFakeOutput } from '../../../support/fake-output.ts';
import type { NumberedStream } from '../../../support/numbered-stream.ts';
import { createNumberedStream, numberOf } from '../../../support/numbered-stream.ts';
import { createSessionRig, track } from '../../../support/session-rig.ts';

const sampleRate = 1000;
const lengths = [60, 120, ...Array.from({ length: 16 }, () => 250)];
const trackFrames = lengths.reduce((sum, length) => sum + length, 0);

describe('the music', () => {
  it('sounds at once when a break ends: what follows was decoded before', () => {
    const rig = createRig();
    rig.follow({ now: playOf(1), adBreak: spot });
    rig.deliver();
    rig.output.run(3000);
    expect(rig.output.heard()).toEqual([]);
    rig.follow({ now: playOf(1), adBreak: null });
    rig.output.run(rig.output.leadFrames + 50);
    expect(rig.heardFrames()).toEqual(Array.from({ length: 50 }, (_, frame) => frame));
  });

  it('repeats a track without a gap', () => {
    const rig = createRig();
    const [first, again] = [playOf(1), { ...playOf(1), play: 2 }];
    rig.follow({ now: first, next: again, join: { kind: 'gapless' } });
    rig.deliver();
    rig.output.run(1500);
    rig.deliver();
    rig.output.run(rig.output.leadFrames + 2 * trackFrames - 1500);
    const frames = rig.heardFrames();
    expect(frames).toEqual(Array.from(frames, (_, index) => index % trackFrames));
    expect(frames.length).toBe(2 * trackFrames);
    expect(rig.told.filter(({ kind }) => kind === 'crossed')).toEqual([
      { kind: 'crossed', play: 2 },
    ]);
  });

  it('goes round within a loop, tells of every round, and goes on when it is cleared', () => {
    const rig = createRig();
    const loop = { startSeconds: 1, endSeconds: 1.1 };
    rig.follow({ now: playOf(1), loop });
    for (let round = 0; round < 20; round += 1) {
      rig.deliver();
      rig.output.run(200);
    }
    const rounds = rig.told.filter(({ kind }) => kind === 'looped').length;
    expect(rounds).toBeGreaterThan(20);
    expect(rig.music.seconds()).toBeLessThan(1.1);
    rig.follow({ now: playOf(1), loop: null });
    rig.deliver();
    rig.output.run(2 * trackFrames);
    const frames = rig.heardFrames();
    const jumps = frames.filter(
      (frame, index) => index > 0 && frame !== (frames[index - 1] ?? 0) + 1,
    );
    expect(jumps.length).toBeGreaterThanOrEqual(rounds);
    expect(new Set(jumps)).toEqual(new Set([1000]));
    expect(frames.at(-1)).toBe(trackFrames - 1);
    expect(rig.music.underruns()).toBe(0);
  });

  it('tells of a crossing when the next track is first heard, and shows its position from then on', () => {
    const rig = createRig();
    const join = { kind: 'crossfade', seconds: 1 } as const;
    rig.follow({ now: playOf(1), next: playOf(2), join });
    rig.deliver();
    rig.output.run(1000);
    rig.deliver();
    rig.output.run(trackFrames - 1000 - 200);
    expect(rig.told).toContainEqual({ kind: 'crossed', play: 2 });
    expect(rig.music.seconds()).toBeLessThan(1);
    const together = rig.output.heard().filter(({ fade }) => fade < 1);
    expect(new Set(together.map(({ value }) => numberOf(value).stream)).size).toBe(2);
  });
});

/** Any: a break is under way. */
const spot = {
  spot: 1,
  index: 1,
  count: 1,
  advertiser: 'Somebody',
  title: 'Something',
  mediaUrl: '/ad/1',
  format: 'mp3',
  seconds: 10,
  gain: 1,
  companion: null,
  skipAfterSeconds: null,
  held: false,
} as const;

const idleView = createSessionRig({ tracks: [] }).view();

function playOf(play: number): Play {
  const seconds = trackFrames / sampleRate;
  return { play, entry: play, track: track(play, { seconds }), startSeconds: 0, inAlbum: false };
}

/** Music on a clock that stands, from a decoder whose blocks come when they are told to. */
function createRig() {
  const output = createFakeOutput(sampleRate);
  const told: EngineReport[] = [];
  const streams: { readonly stream: NumberedStream; readonly changed: () => void }[] = [];
  const music = createMusic({
    output,
    decoder: {
      open: ({ startSeconds, endSeconds }, changed) => {
        const [from, to] = [startSeconds, endSeconds ?? Infinity].map((at) => at * sampleRate);
        const stream = createNumberedStream(streams.length + 1, lengths, from ?? 0, to);
        streams.push({ stream, changed });
        return { ...stream, reachAhead: () => undefined, close: () => undefined };
      },
      close: () => undefined,
    },
    settings: defaultSoundSettings,
    report: (report) => told.push(report),
    moved: () => undefined,
  });

  function follow(view: Partial<SessionView>): void {
    const whole: SessionView = { ...idleView, status: 'playing', ...view };
    music.follow(whole, whole.adBreak === null, 'quick');
  }

  /** All that is open now arrives, and with it what is opened then. */
  function deliver(): void {
    for (const { stream, changed } of streams) if (stream.deliver(1000) > 0) changed();
  }

  return {
    output,
    told,
    music,
    follow,
    deliver,
    heardFrames: () => output.heard().map(({ value }) => numberOf(value).frame),
  };
}
