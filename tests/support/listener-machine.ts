import { join } from 'node:path';
import type { Account } from '../../electron/account/account.ts';
import { createAccount } from '../../electron/account/account.ts';
import { openEmbeddedAuthority } from '../../electron/account/embedded-authority.ts';
import { createEmbeddedIssuer } from '../../electron/account/embedded-issuer.ts';
import type { Issuer } from '../../electron/account/issuer.ts';
import { createQaStage } from '../../electron/account/qa-tiers.ts';
import type { Secrets } from '../../electron/account/secrets.ts';
import type { MovableClock } from '../../electron/clock.ts';
import { createMovableClock } from '../../electron/clock.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const testStart = Date.parse('2026-11-22T12:00:00Z');
export const minutesPerDay = 24 * 60;

/** One machine of a listener: its clock, its keyring and the file that holds the token. */
export interface ListenerMachine {
  readonly clock: MovableClock;
  readonly secrets: Secrets;
  readonly tokenPath: string;
  /** Starts Refrain there; again for a restart. */
  readonly open: (change?: { readonly issuer?: Issuer; readonly qa?: boolean }) => Promise<Account>;
}

/** @param keyring what another machine's keyring holds, to make a copy of it */
export async function createListenerMachine(
  keyring: Iterable<readonly [string, string]> = [],
): Promise<ListenerMachine> {
  const tokenPath = join(await temporaryFolder(), 'account.json');
  const clock = createMovableClock(testStart, stillClock());
  const secrets = createKeyring(keyring);
  return {
    clock,
    secrets,
    tokenPath,
    open({ issuer, qa = true } = {}) {
      const authority = openEmbeddedAuthority(secrets);
      return createAccount({
        clock,
        secrets,
        path: tokenPath,
        issuer: issuer ?? createEmbeddedIssuer(authority, qa),
        stageQaTier: qa ? createQaStage(authority) : null,
      });
    },
  };
}

/** A keyring in memory, as the system's would be. */
export function createKeyring(entries: Iterable<readonly [string, string]> = []): Secrets {
  const kept = new Map(entries);
  return {
    protected: true,
    get: (name) => Promise.resolve(kept.get(name) ?? null),
    set(name, value) {
      kept.set(name, value);
      return Promise.resolve();
    },
  };
}

/** Time stands still until a test moves it. */
function stillClock() {
  return { now: () => testStart, monotonic: () => 0 };
}
