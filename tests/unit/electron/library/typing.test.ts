import { expect, it } from 'vitest';
import { createTyping } from '../../../../electron/library/typing.ts';

it('is over when nothing was typed for a moment, however often it was put off', async () => {
  const typing = createTyping();
  await typing.paused();
  expect(typing.goesOn()).toBe(false);

  typing.typed();
  expect(typing.goesOn()).toBe(true);
  let isPaused = false;
  const waiting = typing.paused().then(() => (isPaused = true));
  for (let letters = 0; letters < 5; letters += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    typing.typed();
    expect(isPaused).toBe(false);
  }
  await waiting;
  expect(typing.goesOn()).toBe(false);
});
