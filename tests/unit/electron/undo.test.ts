import { describe, expect, it } from 'vitest';
import type { UndoStep } from '../../../shared/contract.ts';
import { RefrainError } from '../../../shared/errors.ts';
import { createUndo } from '../../../electron/undo.ts';

function step(name: string): UndoStep {
  return { kind: 'playlist_renamed', count: 1, name };
}

describe('undo', () => {
  it('takes back the newest first, and says when there is nothing', async () => {
    const offered: string[] = [];
    const taken: string[] = [];
    const undo = createUndo(({ name }) => offered.push(name));
    for (const name of ['one', 'two']) undo.offer(step(name), () => void taken.push(name));
    expect(await undo.last()).toEqual(step('two'));
    expect(await undo.last()).toEqual(step('one'));
    expect(await undo.last()).toBeNull();
    expect({ offered, taken }).toEqual({ offered: ['one', 'two'], taken: ['two', 'one'] });
  });

  it('keeps what could not be taken back because the library was away, and drops what never can', async () => {
    const undo = createUndo(() => undefined);
    let failure: RefrainError | null = new RefrainError('unavailable', 'Restarting');
    undo.offer(step('old'), () => undefined);
    undo.offer(step('new'), () => {
      if (failure !== null) throw failure;
    });
    await expect(undo.last()).rejects.toMatchObject({ code: 'unavailable' });
    failure = new RefrainError('not_found', 'Gone');
    await expect(undo.last()).rejects.toMatchObject({ code: 'not_found' });
    expect(await undo.last()).toEqual(step('old'));
  });

  it('forgets the oldest when there are many', async () => {
    const undo = createUndo(() => undefined);
    for (let count = 0; count < 150; count += 1) undo.offer(step(`${count}`), () => undefined);
    let taken = 0;
    while ((await undo.last()) !== null) taken += 1;
    expect(taken).toBe(100);
  });
});
