import { expect, it } from 'vitest';
import { createBackoff } from '../../../../electron/backoff.ts';
import { type PostOutcome, createSender } from '../../../../electron/metrics/sender.ts';
import { newEvent, openTestJournal } from '../../../support/journal-rig.ts';

const start = Date.parse('2026-11-22T12:00:00Z');
const day = 86_400_000;

/** A journal with a batch a day, and a service that answers as it is told. */
async function rig(days: number) {
  const journal = await openTestJournal(start);
  const { events } = journal.store;
  let now = start;
  const answers: PostOutcome[] = [];
  let posted: readonly string[] = [];
  let monotonic = 0;
  const send = createSender({
    store: {
      setLevel(level) {
        events.setLevel(level);
        return Promise.resolve();
      },
      dueBatches: (app) => Promise.resolve(events.dueBatches(app)),
      settleBatch(id, outcome) {
        events.settleBatch(id, outcome);
        return Promise.resolve();
      },
    },
    post: (body) => {
      posted = [...posted, body];
      return Promise.resolve(answers.shift() ?? 'taken');
    },
    backoff: createBackoff({ now: () => now, monotonic: () => monotonic }, () => 1),
    level: () => 1,
    app: '0.1.0',
    trouble: (_what, cause) => {
      throw new Error('Not in this test', { cause });
    },
  });
  events.setLevel(1);
  for (let count = 0; count < days; count += 1) {
    events.record([newEvent('track.liked', now, {})]);
    events.dueBatches('0.1.0');
    now += day;
    journal.moveTo(now);
  }
  return {
    send,
    answers,
    posts: () => posted.length,
    states: () => events.inspect().batches.map(({ state }) => state),
    pass: (milliseconds: number) => (monotonic += milliseconds),
  };
}

it('leaves a service alone for a while that takes no more, and loses nothing', async () => {
  const { send, answers, posts, states, pass } = await rig(3);
  answers.push('taken', 'later', 'later');
  await send();
  await send();
  expect(posts()).toBe(2);
  pass(60_000);
  await send();
  expect(posts()).toBe(3);
  // Twice as long each time.
  pass(60_000);
  await send();
  expect(posts()).toBe(3);
  pass(60_000);
  await send();
  expect(states()).toEqual(['sent', 'sent', 'sent']);
});

it('gives up what the service refuses, and sends what comes after it', async () => {
  const { send, answers, states } = await rig(3);
  answers.push('refused');
  await send();
  expect(states()).toEqual(['sent', 'sent', 'given_up']);
});
