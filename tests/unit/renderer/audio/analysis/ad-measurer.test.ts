import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAdMeasurer } from '../../../../../renderer/audio/analysis/ad-measurer.ts';
import type { MeasuredAd } from '../../../../../shared/ads.ts';
import { createAnalysisThreads } from '../../../../support/analysis-threads.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Threads that do as the test says. */
function rig() {
  const kept: MeasuredAd[] = [];
  const { threads, startThread, jobs } = createAnalysisThreads();
  const measure = createAdMeasurer({
    keep: (measured) => kept.push(measured),
    startThread,
  });
  return {
    measure,
    kept,
    threads,
    urls: () => jobs().map(({ url }) => url),
    /** Of the ad under way. */
    end: (lufs: number) =>
      threads.at(-1)?.hear({
        kind: 'ended',
        job: jobs().at(-1)?.job ?? NaN,
        measured: { kind: 'measured', lufs, peak: 0.5, waveform: Uint8Array.of() },
      }),
  };
}

describe('the measurer of ads', () => {
  it('measures one after the other in one thread, and ends it after the last', () => {
    const { measure, urls, end, kept, threads } = rig();
    measure('/ad/a');
    measure('/ad/b');
    measure('/ad/b');
    expect(urls()).toEqual(['/ad/a']);
    end(-9);
    expect(urls()).toEqual(['/ad/a', '/ad/b']);
    end(-20);
    expect(kept).toEqual([
      { mediaUrl: '/ad/a', lufs: -9, peak: 0.5 },
      { mediaUrl: '/ad/b', lufs: -20, peak: 0.5 },
    ]);
    expect(threads.map(({ ended }) => ended)).toEqual([true]);
  });

  it('says of an ad that kills its thread or hangs it that it can’t be told, and goes on', () => {
    const { measure, end, kept, threads } = rig();
    measure('/ad/deadly');
    measure('/ad/endless');
    measure('/ad/good');
    threads[0]?.crash();
    vi.advanceTimersByTime(20_000);
    end(-14);
    expect(kept.map(({ lufs }) => lufs)).toEqual([null, null, -14]);
    expect(threads).toHaveLength(3);
    expect(threads.every(({ ended }) => ended)).toBe(true);
  });
});
