import type { StoreApi } from 'zustand/vanilla';
import { RefrainError } from '../../shared/errors.ts';
import { tiers, type Feature } from '../../shared/tier.ts';
import type { ShellStore } from './shell-store.ts';

/**
 * Tells the listener of every request that failed and that nobody else answered for. So a
 * component just asks, and what the tier refuses opens the offer from wherever it was asked.
 */
export function tellFailures(target: EventTarget, shell: StoreApi<ShellStore>): void {
  target.addEventListener('unhandledrejection', (event) => {
    const reason: unknown = (event as PromiseRejectionEvent).reason;
    const { tell, offer } = shell.getState();
    if (!(reason instanceof RefrainError)) {
      // A fault of ours: it stays in the console too.
      tell({ kind: 'error', code: 'internal' });
      return;
    }
    event.preventDefault();
    if (reason.code === 'not_allowed' && isFeature(reason.detail)) offer(reason.detail);
    else tell({ kind: 'error', code: reason.code });
  });
}

function isFeature(name: string | undefined): name is Feature {
  return name !== undefined && Object.hasOwn(tiers.free, name);
}
