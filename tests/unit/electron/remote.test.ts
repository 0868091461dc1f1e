import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connect, overMessagePort, serve } from '../../../electron/remote.ts';
import { RefrainError } from '../../../shared/errors.ts';

interface TestEvents {
  readonly counted: number;
}

const greeter = {
  echo: (...values: readonly unknown[]) => values,
  ids: () => Uint32Array.of(3, 1, 2),
  later: async () => Promise.resolve('at last'),
  refuse: () => {
    throw new RefrainError('newer_database', 'Too new', { detail: '7' });
  },
  stumble: () => {
    throw new TypeError('of undefined');
  },
  never: () => new Promise<string>(() => undefined),
  whenLet: () => new Promise<void>((resolve) => (letGo = resolve)),
};
let letGo = (): void => undefined;

function join() {
  const { port1, port2 } = new MessageChannel();
  const fault = vi.fn();
  const { emit } = serve<TestEvents>(overMessagePort(port1), { greeter }, fault);
  const { parts, on } = connect<{ greeter: typeof greeter }, TestEvents>(overMessagePort(port2));
  onTestFinished(() => port1.close());
  return { parts, on, emit, fault, close: () => port1.close() };
}

describe('a part at the other end of a port', () => {
  it('answers every call with its own value, whatever can be cloned', async () => {
    const { parts } = join();
    const value = fc.anything({ withMap: true, withSet: true, withTypedArray: true });
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 4 }), async (values) => {
        expect(await parts.greeter.echo(...values)).toEqual(structuredClone(values));
      }),
    );
  });

  it('answers with lists of ids and with what is only promised', async () => {
    const { parts } = join();
    expect(await Promise.all([parts.greeter.ids(), parts.greeter.later()])).toEqual([
      Uint32Array.of(3, 1, 2),
      'at last',
    ]);
  });

  it('rejects with the same error that was thrown', async () => {
    const { parts, fault } = join();
    const error = await parts.greeter.refuse().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RefrainError);
    expect(error).toMatchObject({ code: 'newer_database', message: 'Too new', detail: '7' });
    expect(fault).not.toHaveBeenCalled();
  });

  it('rejects with "internal" for a bug, and tells its own side of it', async () => {
    const { parts, fault } = join();
    await expect(parts.greeter.stumble()).rejects.toMatchObject({ code: 'internal' });
    expect(fault).toHaveBeenCalledWith('greeter.stumble', expect.any(TypeError));
  });

  it('has no method that it was not given', async () => {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serve(overMessagePort(port1), { greeter }, () => undefined);
    const { parts } = connect<Record<string, Record<string, () => string>>, TestEvents>(
      overMessagePort(port2),
    );
    await expect(parts['greeter']?.['missing']?.()).rejects.toMatchObject({ code: 'not_found' });
    await expect(parts['toString']?.['call']?.()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tells of events in their order', async () => {
    const { on, emit } = join();
    const counted: number[] = [];
    on('counted', (count) => counted.push(count));
    for (let count = 1; count <= 5; count += 1) emit('counted', count);
    await expect.poll(() => counted).toEqual([1, 2, 3, 4, 5]);
  });

  it('has nobody to answer when the port closed while a call was worked on, and says so', async () => {
    const { parts, close, fault } = join();
    const waiting = parts.greeter.whenLet();
    await parts.greeter.ids();
    close();
    await expect(waiting).rejects.toMatchObject({ code: 'unavailable' });
    letGo();
    await expect
      .poll(() => fault.mock.calls)
      .toEqual([['greeter.whenLet has nobody to answer', expect.any(RefrainError)]]);
  });

  it('ends calls that wait with "unavailable" when the port closes, and refuses later ones', async () => {
    const { parts, close } = join();
    const waiting = parts.greeter.never();
    close();
    await expect(waiting).rejects.toMatchObject({ code: 'unavailable' });
    await expect(parts.greeter.ids()).rejects.toMatchObject({ code: 'unavailable' });
  });
});
