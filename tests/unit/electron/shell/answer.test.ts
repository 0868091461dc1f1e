import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reply, type RequestName, requests } from '../../../../shared/contract.ts';
import { RefrainError } from '../../../../shared/errors.ts';
import { type Handlers, answer as answerAt } from '../../../../electron/shell/answer.ts';

const log = { info: () => undefined, fault: () => undefined };

function answer(handlers: Handlers, name: unknown, input: unknown): Promise<Reply<unknown>> {
  return answerAt(handlers, Promise.resolve(handlers), name, input, log);
}

/** Every request answered by one function, so that the door itself is what is tested. */
function handleAllWith(handle: (input: unknown) => unknown): Handlers {
  const entries = Object.keys(requests).map((name) => [name, handle]);
  return Object.fromEntries(entries) as Handlers;
}

describe('the door between window and main', () => {
  it('answers anything that is not of the contract with "invalid" and never calls a handler', async () => {
    let calls = 0;
    const handlers = handleAllWith(() => (calls += 1));
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), async (name, input) => {
        fc.pre(typeof name !== 'string' || !Object.hasOwn(requests, name));
        const reply = await answer(handlers, name, input);
        expect(reply).toMatchObject({ ok: false, code: 'invalid' });
      }),
    );
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(await answer(handlers, name, undefined)).toMatchObject({ code: 'invalid' });
    }
    expect(calls).toBe(0);
  });

  it('answers every known request whatever its input is, handing on only what fits', async () => {
    const names = Object.keys(requests) as RequestName[];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.anything(), async (name, input) => {
        let handed: unknown;
        const handlers = handleAllWith((value) => (handed = value));
        const reply = await answer(handlers, name, input);
        if (reply.ok) expect(requests[name].input.safeParse(handed).success).toBe(true);
        else expect(reply.code).toBe('invalid');
      }),
    );
  });

  it('takes long lists of ids without holding the main thread up, and refuses them as briefly', async () => {
    const handlers = handleAllWith(() => undefined);
    const ask = (ids: unknown) =>
      answer(handlers, 'library.setLiked', { ids, liked: true }).then(({ ok }) => ok);
    const most = Array.from({ length: 100_000 }, (_, at) => at + 1);
    expect(await ask(most)).toBe(true);
    const refused: readonly unknown[] = [
      [...most, 1],
      [0],
      [1.5],
      [2 ** 32],
      ['1'],
      [NaN],
      new Array(3),
      { length: 1 },
      null,
    ];
    for (const ids of refused) expect(await ask(ids)).toBe(false);
    const times: number[] = [];
    for (const ids of Array.from({ length: 10 }, () => most.with(-1, -1))) {
      const began = performance.now();
      const reply = await answer(handlers, 'library.setLiked', { ids, liked: true });
      times.push(performance.now() - began);
      expect(JSON.stringify(reply).length).toBeLessThan(1000);
    }
    expect(Math.min(...times)).toBeLessThan(5);
    const paths = Array.from({ length: 1000 }, () => 1);
    const reply = await answer(handlers, 'library.addPaths', { paths });
    expect(JSON.stringify(reply).length).toBeLessThan(1000);
  });

  it('keeps the code and the detail of an error that was meant, and hides one that was not', async () => {
    const refused = handleAllWith(() => {
      throw new RefrainError('not_allowed', 'No', { detail: 'repeat_track' });
    });
    expect(await answer(refused, 'session.get', undefined)).toEqual({
      ok: false,
      code: 'not_allowed',
      message: 'No',
      detail: 'repeat_track',
    });
    const broken = handleAllWith(() => {
      throw new Error('secret path');
    });
    const reply = await answer(broken, 'session.get', undefined);
    expect(reply).toMatchObject({ ok: false, code: 'internal' });
    expect(JSON.stringify(reply)).not.toContain('secret');
  });
});
