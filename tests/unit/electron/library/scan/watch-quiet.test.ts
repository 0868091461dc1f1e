import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQuiet } from '../../../../../electron/library/scan/watch-quiet.ts';

describe('names that are said again and again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are passed on together once all is quiet', () => {
    const { quiet, passed } = create();
    quiet.say('a');
    quiet.say('b');
    quiet.say('a');
    vi.advanceTimersByTime(99);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(passed).toEqual([['a', 'b']]);
    vi.advanceTimersByTime(10_000);
    expect(passed).toHaveLength(1);
  });

  it('don’t hold up others, and come at the latest after the longest wait', () => {
    const { quiet, passed } = create();
    quiet.say('settled');
    for (let time = 0; time < 2000; time += 50) {
      quiet.say('growing');
      vi.advanceTimersByTime(50);
    }
    expect(passed).toEqual([['settled'], ['growing'], ['growing']]);
  });

  it('are forgotten when it is closed, with those that are said afterwards', () => {
    const { quiet, passed } = create();
    quiet.say('a');
    quiet.close();
    quiet.say('b');
    vi.advanceTimersByTime(10_000);
    expect(passed).toEqual([]);
  });
});

function create() {
  const passed: (readonly string[])[] = [];
  const quiet = createQuiet<string>(
    { quietMilliseconds: 100, longestMilliseconds: 1000 },
    (names) => passed.push(names),
  );
  return { quiet, passed };
}
