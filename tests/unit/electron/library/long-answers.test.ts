import { describe, expect, it } from 'vitest';
import { createLongAnswers } from '../../../../electron/library/long-answers.ts';

describe('an answer that takes long', () => {
  it('is made once for all who ask, and again only after a change', async () => {
    const answers = createLongAnswers<number>();
    let made = 0;
    const make = () => Promise.resolve((made += 1));
    expect(await Promise.all([answers.load('a', make), answers.load('a', make)])).toEqual([1, 1]);
    expect(await answers.load('a', make)).toBe(1);
    expect(await answers.load('b', make)).toBe(2);
    answers.forget();
    expect(await answers.load('a', make)).toBe(3);
  });

  it('is not kept when something changed while it was made', async () => {
    const answers = createLongAnswers<number>();
    let made = 0;
    const make = () => {
      answers.forget();
      return Promise.resolve((made += 1));
    };
    await answers.load('a', make);
    expect(await answers.load('a', make)).toBe(2);
  });

  it('gives who can not wait the newest there is, for as long as it may not be made anew', async () => {
    const answers = createLongAnswers<number>();
    expect(answers.recent('a')).toBeUndefined();
    let began = (): void => undefined;
    const slow = new Promise<number>((resolve) => {
      began = () => resolve(7);
    });
    const loading = answers.load('a', () => slow);
    expect(answers.recent('a')).toBeUndefined();
    began();
    await loading;
    expect(answers.recent('a')).toBe(7);
  });

  it('is asked for again when making it failed', async () => {
    const answers = createLongAnswers<number>();
    await expect(answers.load('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await answers.load('a', () => Promise.resolve(1))).toBe(1);
  });

  it('keeps nobody waiting when the library closes', async () => {
    const answers = createLongAnswers<number>();
    await answers.load('a', async () => {
      const began = performance.now();
      while (performance.now() - began < 20) await Promise.resolve();
      return 1;
    });
    answers.forget();
    const waiting = answers.load('a', () => Promise.resolve(2));
    await answers.close();
    expect(await waiting).toBe(2);
  });
});
