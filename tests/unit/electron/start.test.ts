import { describe, expect, it } from 'vitest';
import type { StartChoice, StartProblem } from '../../../shared/start.ts';
import { createStartQuestion, openOrAsk } from '../../../electron/start.ts';

const problem: StartProblem = { kind: 'settings_damaged', file: 'settings.json' };

/** Answers each question as soon as it is asked. */
function answering(choices: readonly StartChoice[]): {
  readonly ask: (asked: StartProblem) => Promise<StartChoice>;
  readonly asked: StartProblem[];
} {
  const left = [...choices];
  const asked: StartProblem[] = [];
  return {
    asked,
    ask: (now) => {
      asked.push(now);
      return Promise.resolve(left.shift() ?? 'quit');
    },
  };
}

describe('a start that meets a problem', () => {
  it('opens without a question when there is none', async () => {
    const listener = answering([]);
    expect(
      await openOrAsk(
        listener,
        () => Promise.resolve(null),
        () => Promise.reject(new Error('moved without a problem')),
      ),
    ).toBe(true);
    expect(listener.asked).toEqual([]);
  });

  it('sets aside only after that choice, and tries again', async () => {
    let inTheWay = true;
    let timesSetAside = 0;
    const listener = answering(['try_again', 'set_aside']);
    const opened = await openOrAsk(
      listener,
      () => Promise.resolve(inTheWay ? problem : null),
      () => {
        timesSetAside += 1;
        inTheWay = false;
        return Promise.resolve();
      },
    );
    expect(opened).toBe(true);
    expect(listener.asked).toHaveLength(2);
    expect(timesSetAside).toBe(1);
  });

  it('quits with everything left where it was', async () => {
    const opened = await openOrAsk(
      answering(['quit']),
      () => Promise.resolve(problem),
      () => Promise.reject(new Error('moved without consent')),
    );
    expect(opened).toBe(false);
  });

  it('is known to the window only when it is decided, be it a problem or a start', async () => {
    const shown: (StartProblem | null)[] = [];
    const question = createStartQuestion((now) => shown.push(now));
    const known = question.problem();
    const choice = question.ask(problem);
    expect(await known).toBe(problem);
    expect(await question.problem()).toBe(problem);

    question.choose('try_again');
    expect(await choice).toBe('try_again');
    expect(shown).toEqual([problem, null]);
    const knownAgain = question.problem();
    question.started();
    expect(await knownAgain).toBeNull();
    expect(await question.problem()).toBeNull();
  });
});
