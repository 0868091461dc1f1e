import { describe, expect, it } from 'vitest';
import { createPacer } from '../../../../../renderer/audio/analysis/pacer.ts';

/** A clock that only work and sleep move on. */
function rig() {
  let time = 0;
  let slept = 0;
  let asleep: (milliseconds: number) => void = () => undefined;
  const pacer = createPacer(
    () => time,
    (milliseconds) => {
      time += milliseconds;
      slept += milliseconds;
      asleep(slept);
      return Promise.resolve();
    },
  );
  return {
    pacer,
    work: async (milliseconds: number) => {
      time += milliseconds;
      await pacer.rest();
    },
    slept: () => slept,
    whileAsleep: (call: (slept: number) => void) => (asleep = call),
  };
}

describe('the pacer', () => {
  it('rests in proportion to the work', async () => {
    const { pacer, work, slept } = rig();
    pacer.setPace(2);
    for (let piece = 0; piece < 100; piece += 1) await work(10);
    expect(slept()).toBeGreaterThanOrEqual(1900);
    expect(slept()).toBeLessThanOrEqual(2000);
  });

  it('does not rest in a hurry', async () => {
    const { work, slept } = rig();
    for (let piece = 0; piece < 100; piece += 1) await work(10);
    expect(slept()).toBe(0);
  });

  it('waits at the next piece until there is another word', async () => {
    const { pacer, work, slept, whileAsleep } = rig();
    pacer.setPace(Infinity);
    whileAsleep((milliseconds) => {
      if (milliseconds > 5000) pacer.setPace(0);
    });
    await work(1);
    expect(slept()).toBeGreaterThan(5000);
    expect(slept()).toBeLessThan(5200);
  });
});
