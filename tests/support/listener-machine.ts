import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Account } from '../../electron/account/account.ts';
import { createAccount } from '../../electron/account/account.ts';
import { createQaIssuer } from '../../electron/account/qa-tiers.ts';
import type { Secrets } from '../../electron/account/secrets.ts';
import { createServiceClient } from '../../electron/account/service-client.ts';
import type { ServiceDoor } from '../../electron/account/service-door.ts';
import { createSignIn } from '../../electron/account/sign-in.ts';
import {
  type ConfiguredService,
  createTrust,
  embeddedIssuerName,
} from '../../electron/account/trust.ts';
import type { MovableClock } from '../../electron/clock.ts';
import { createMovableClock } from '../../electron/clock.ts';
import { insideOrigin } from '../../service/api/inside-origin.ts';
import { signInIssuer } from '../../service/api/sign-in.ts';
import { createEmbeddedService } from '../../service/embedded.ts';
import { RefrainError } from '../../shared/errors.ts';
import { createPageVisitor, type PageVisitor } from './page-visitor.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const testStart = Date.parse('2026-11-22T12:00:00Z');
export const minutesPerDay = 24 * 60;
export const listenerPassword = 'correct horse battery';

/** The account service that machines of listeners ask, and what lies between. */
export interface ServiceNearby {
  readonly door: ServiceDoor;
  readonly faults: readonly unknown[];
  /** How often it was asked. */
  readonly asked: () => number;
  /** While set, nobody gets through to it. */
  isCut: boolean;
  /** While set, whoever sits between changes what it answers. */
  inBetween: ((path: string, answer: Response) => Promise<Response>) | null;
  /** Its time goes on with the machines', never back. */
  readonly passTime: (now: number) => void;
  /** To begin a test at the usual time, undisturbed. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** One machine of a listener: its clock, its keyring and the file that holds the token. */
export interface ListenerMachine {
  readonly clock: MovableClock;
  readonly secrets: Secrets;
  readonly tokenPath: string;
  /** Where the browser was sent to, in order. */
  readonly visited: readonly string[];
  /** What the listener does in the browser: signs in as `email`, pays by `card`. */
  readonly browser: { email: string; card: 'good' | 'refused' | 'none' | 'stays' };
  /** Starts Refrain there; again for a restart. */
  readonly open: (change?: MachineChange) => Promise<Account>;
}

export interface MachineChange {
  readonly configured?: ConfiguredService | null;
  readonly qa?: boolean;
  readonly secrets?: Secrets;
}

/** The real service inside this process, over a database in memory: take one for a file. */
export async function openServiceNearby(): Promise<ServiceNearby> {
  const faults: unknown[] = [];
  let now = testStart;
  let asked = 0;
  const service = await createEmbeddedService({
    folder: null,
    now: () => now,
    issuer: embeddedIssuerName,
    sealingKey: randomBytes(32),
    log: { info: () => undefined, fault: (...fault) => void faults.push(fault) },
  });
  const nearby: ServiceNearby = {
    door: {
      origin: insideOrigin,
      async fetch(request) {
        asked += 1;
        if (nearby.isCut) throw new RefrainError('service_unreachable', 'The line is cut');
        const { pathname } = new URL(request.url);
        const answer = await service.fetch(request);
        return nearby.inBetween === null ? answer : nearby.inBetween(pathname, answer);
      },
      openPages: service.openPages,
      closePages() {
        service.closePages();
        return Promise.resolve();
      },
    },
    faults,
    asked: () => asked,
    isCut: false,
    inBetween: null,
    passTime(reached) {
      now = Math.max(now, reached);
    },
    reset() {
      now = testStart;
      nearby.isCut = false;
      nearby.inBetween = null;
    },
    close: service.close,
  };
  return nearby;
}

let accounts = 0;

/** @param keyring what another machine's keyring holds, to make a copy of it */
export async function createListenerMachine(
  nearby: ServiceNearby,
  keyring: Iterable<readonly [string, string]> = [],
): Promise<ListenerMachine> {
  const tokenPath = join(await temporaryFolder(), 'account.json');
  const still = createMovableClock(testStart, stillClock());
  const clock: MovableClock = {
    ...still,
    move(minutes) {
      still.move(minutes);
      nearby.passTime(still.now());
    },
  };
  const kept = createKeyring(keyring);
  accounts += 1;
  const browser: ListenerMachine['browser'] = {
    email: `listener${accounts}@example.test`,
    card: 'good',
  };
  const visited: string[] = [];

  function openInBrowser(url: string): Promise<void> {
    visited.push(url);
    // The browser goes its own way: who opened it does not wait for it.
    void browse(url, createPageVisitor(), browser);
    return Promise.resolve();
  }

  return {
    clock,
    secrets: kept,
    tokenPath,
    visited,
    browser,
    open({ configured = null, qa: isQa = true, secrets = kept } = {}) {
      const { door } = nearby;
      const signIn = createSignIn({
        door,
        issuer: signInIssuer(configured?.issuer ?? embeddedIssuerName),
        openInBrowser,
        secrets,
        now: clock.now,
      });
      const service = createServiceClient(door, signIn);
      const qa = isQa ? createQaIssuer(secrets) : null;
      return createAccount({
        clock,
        secrets,
        path: tokenPath,
        trust: createTrust(configured, qa, secrets, service.keys),
        service,
        door,
        signIn,
        openInBrowser,
        device: { name: 'A machine', platform: 'linux' },
        qa,
        watch: { everyMilliseconds: 10, longestMilliseconds: 20_000 },
      });
    },
  };
}

/** Starts Refrain there for somebody who signs up and pays by the month. */
export async function subscribed(machine: ListenerMachine): Promise<Account> {
  const account = await machine.open();
  const outcome = await account.checkout({ plan: 'monthly', trial: false });
  if (outcome !== 'done') throw new Error(`The checkout ended ${outcome}`);
  return account;
}

async function browse(
  url: string,
  visitor: PageVisitor,
  { email, card }: ListenerMachine['browser'],
): Promise<void> {
  if (card === 'stays') return;
  const page = await visitor.open(url);
  if (page.html.includes('name="password"')) {
    const typed = { email, password: listenerPassword };
    const signedUp = await visitor.send(page, { ...typed, intent: 'sign_up' });
    // Who has an account already signs in.
    if (signedUp.status === 409) await visitor.send(signedUp, { ...typed, intent: 'sign_in' });
  } else await visitor.post(page.url, { card });
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
