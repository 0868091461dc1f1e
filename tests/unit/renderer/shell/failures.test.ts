import { describe, expect, it } from 'vitest';
import { tellFailures } from '../../../../renderer/shell/failures.ts';
import { createShellStore } from '../../../../renderer/shell/shell-store.ts';
import { RefrainError } from '../../../../shared/errors.ts';
import { createMemoryMain } from '../../../support/memory-main.ts';

function reject(reason: unknown) {
  const target = new EventTarget();
  const shell = createShellStore(createMemoryMain({}));
  tellFailures(target, shell);
  const event = Object.assign(new Event('unhandledrejection', { cancelable: true }), { reason });
  target.dispatchEvent(event);
  return { shell: shell.getState(), isHandled: event.defaultPrevented };
}

describe('a request that fails and that nobody answers for', () => {
  it('opens the offer when the tier refused it', () => {
    const refused = new RefrainError('not_allowed', 'no', { detail: 'repeat_track' });
    const { shell, isHandled } = reject(refused);
    expect(shell.offered).toBe('repeat_track');
    expect(shell.toasts).toEqual([]);
    expect(isHandled).toBe(true);
  });

  it('is told by its code', () => {
    const { shell, isHandled } = reject(new RefrainError('unavailable', 'away'));
    expect(shell.toasts.map(({ told }) => told)).toEqual([{ kind: 'error', code: 'unavailable' }]);
    expect(isHandled).toBe(true);
  });

  it('offers nothing that the tier table does not know', () => {
    const { shell } = reject(new RefrainError('not_allowed', 'no', { detail: 'toString' }));
    expect(shell.offered).toBeNull();
    expect(shell.toasts).toHaveLength(1);
  });

  it('stays in the console when it is a fault of ours', () => {
    const { shell, isHandled } = reject(new TypeError('x is not a function'));
    expect(shell.toasts.map(({ told }) => told)).toEqual([{ kind: 'error', code: 'internal' }]);
    expect(isHandled).toBe(false);
  });
});
