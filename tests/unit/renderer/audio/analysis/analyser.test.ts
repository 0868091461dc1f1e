import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAnalyser } from '../../../../../renderer/audio/analysis/analyser.ts';
import type { Measured, UnmeasuredTrack } from '../../../../../shared/measured-sound.ts';
import type { SessionView } from '../../../../../shared/session.ts';
import { createAnalysisThreads } from '../../../../support/analysis-threads.ts';

const good: Measured = { kind: 'measured', lufs: -18, peak: 0.5, waveform: Uint8Array.of(1) };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A library of unmeasured tracks, and threads that do as the test says. */
function rig(...ids: readonly number[]) {
  let left = ids.map((id) => track(id, false));
  let starved = false;
  const kept: [number, Measured['kind']][] = [];
  const { threads, startThread, jobs } = createAnalysisThreads();
  const analyser = createAnalyser({
    next: () => Promise.resolve(left[0] ?? null),
    keep: ({ id }, measured) => {
      kept.push([id, measured.kind]);
      left = left.filter((one) => one.id !== id);
      return Promise.resolve();
    },
    position: () => 100,
    isStarved: () => starved,
    startThread,
  });

  return {
    analyser,
    kept,
    threads,
    starve: (now: boolean) => (starved = now),
    /** Puts a track in front of all others. */
    want: (id: number) => (left = [track(id, true), ...left]),
    urls: () => jobs().map(({ url }) => url),
    paces: () =>
      threads
        .flatMap(({ sent }) => sent)
        .flatMap((message) => (message.kind === 'pace' ? [message.restPerWork] : [])),
    say: async (measured: Measured | null) => {
      const job = jobs().at(-1)?.job ?? 0;
      threads.at(-1)?.hear({ kind: 'progressed', job });
      if (measured !== null) threads.at(-1)?.hear({ kind: 'ended', job, measured });
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

describe('the analyser', () => {
  it('measures one track after the other, and ends its thread when there is nothing to do', async () => {
    const { analyser, say, kept, urls, threads } = rig(1, 2);
    analyser.follow(view('playing', 9));
    await vi.advanceTimersByTimeAsync(1000);
    expect(urls()).toEqual(['/media/1']);
    await say(good);
    await say(good);
    expect(kept).toEqual([
      [1, 'measured'],
      [2, 'measured'],
    ]);
    expect(threads.map(({ ended }) => ended)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(threads.map(({ ended }) => ended)).toEqual([true]);
  });

  it('turns to what begins to play, and to the rest again after it', async () => {
    const { analyser, say, kept, urls, want } = rig(1);
    analyser.follow(view('playing', 9));
    await vi.advanceTimersByTimeAsync(1000);
    want(5);
    analyser.follow(view('playing', 10));
    await vi.advanceTimersByTimeAsync(1000);
    await say(good);
    await say(good);
    expect(urls()).toEqual(['/media/1', '/media/5', '/media/1']);
    expect(kept.map(([id]) => id)).toEqual([5, 1]);
  });

  it('waits while the engine lacks sound, and works at its pace else', async () => {
    const { analyser, paces, starve } = rig(1);
    analyser.follow(view('playing', 9));
    await vi.advanceTimersByTimeAsync(2000);
    starve(true);
    await vi.advanceTimersByTimeAsync(1000);
    starve(false);
    analyser.follow(view('paused', 9));
    expect(paces()).toEqual([Infinity, 2, Infinity, 1]);
  });

  it('takes a crash for the file’s fault only when the thread was at it', async () => {
    const { analyser, say, kept, threads, urls } = rig(1, 2);
    analyser.follow(view('playing', 9));
    await vi.advanceTimersByTimeAsync(1000);
    threads[0]?.crash();
    await vi.advanceTimersByTimeAsync(50_000);
    expect(kept).toEqual([]);
    await vi.advanceTimersByTimeAsync(20_000);
    await say(null);
    threads[1]?.crash();
    await vi.advanceTimersByTimeAsync(1000);
    expect(kept).toEqual([[1, 'undecodable']]);
    expect(urls()).toEqual(['/media/1', '/media/1', '/media/2']);
  });

  it('gives up a file that hangs, and does not take waiting for hanging', async () => {
    const { analyser, kept, starve, threads } = rig(1);
    analyser.follow(view('playing', 9));
    starve(true);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(kept).toEqual([]);
    starve(false);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(kept).toEqual([[1, 'missing']]);
    expect(threads[0]?.ended).toBe(true);
  });
});

function track(id: number, urgent: boolean): UnmeasuredTrack {
  return { id, modified: 1, part: null, urgent };
}

function view(status: SessionView['status'], play: number): SessionView {
  const now = { play, track: { seconds: 300 } };
  return { status, now, next: null, seek: 0 } as SessionView;
}
