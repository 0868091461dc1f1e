import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type {
  AccountView,
  DeviceView,
  PlanView,
  QaPaymentAct,
  QaTier,
  VisitOutcome,
} from '../../shared/account.ts';
import { RefrainError } from '../../shared/errors.ts';
import type { Feature, Tier } from '../../shared/tier.ts';
import { allows } from '../../shared/tier.ts';
import { Email, type Platform } from '../../service/api/account.ts';
import { type CheckoutRequest, SubscriptionAnswer } from '../../service/api/billing.ts';
import type { EntitlementAnswer } from '../../service/api/entitlement.ts';
import { openAtomicFile } from '../atomic-file.ts';
import { createBackoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { proveDevice, readDeviceKey } from './device-key.ts';
import { openEntitlements } from './entitlements.ts';
import { createErrands } from './errands.ts';
import type { QaIssuer, QaStatement, TokenOccasion } from './qa-tiers.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceDoor } from './service-door.ts';
import type { SignIn } from './sign-in.ts';
import { thumbprint } from './signing-key.ts';
import type { Trust } from './trust.ts';
import { createVisits, type Watch } from './visits.ts';

/**
 * The listener's account: who is signed in, and the tier as a verified token states it. What asks the
 * service throws RefrainError: `service_unreachable`, `signed_out`, `too_many`, `not_now`.
 */
export interface Account {
  readonly view: () => AccountView;
  readonly tier: () => Tier;
  readonly allows: (feature: Feature) => boolean;
  /** Resolves when the visit is over; `view` says meanwhile where it stands. */
  readonly signIn: (way: 'browser' | 'code') => Promise<VisitOutcome>;
  /** Sends the listener to the payment page, by way of signing in where that is needed. */
  readonly checkout: (order: CheckoutRequest) => Promise<VisitOutcome>;
  /** To the provider's pages for card, plan and bills; premium follows what is done there. */
  readonly openPortal: () => Promise<VisitOutcome>;
  readonly giveUpVisit: () => void;
  /** Premium ends with it on this device, at the next boundary. */
  readonly signOut: () => Promise<AccountView>;
  readonly plans: () => Promise<readonly PlanView[]>;
  /** At the end of what is paid. */
  readonly cancel: () => Promise<AccountView>;
  readonly resume: () => Promise<AccountView>;
  /** Asks for a new token now. */
  readonly refresh: () => Promise<AccountView>;
  readonly devices: () => Promise<readonly DeviceView[]>;
  readonly removeDevice: (id: string) => Promise<void>;
  /** @returns all that the service keeps of the account, as JSON */
  readonly exported: () => Promise<string>;
  /**
   * The account and all that the service keeps of it are gone; what is on this machine stays.
   * @param email of the account, as the listener confirmed it. @throws RefrainError `invalid`: of another
   */
  readonly erase: (email: string) => Promise<AccountView>;
  /** @throws RefrainError `not_found` outside QA builds */
  readonly setQaTier: (qaTier: QaTier) => Promise<AccountView>;
  /** @throws RefrainError `not_found` as above, and where the payments are real */
  readonly actOnPayments: (act: QaPaymentAct) => Promise<AccountView>;
  /**
   * To be called every minute or so and when the clock was moved: tells listeners what the time
   * has changed, asks for a new token when one is due, and keeps the time reached.
   */
  readonly tick: () => Promise<void>;
  /** @returns a function that ends the listening */
  readonly onChanged: (listener: (view: AccountView) => void) => () => void;
}

export interface AccountParts {
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Where the token lies. Who edits it gains nothing: it is signed, and the rest is in `secrets`. */
  readonly path: string;
  readonly trust: Trust;
  readonly service: ServiceClient;
  readonly door: Pick<ServiceDoor, 'openPages' | 'closePages'>;
  readonly signIn: SignIn;
  readonly openInBrowser: (url: string) => Promise<void>;
  /** How this device is shown in the account's list. */
  readonly device: { readonly name: string; readonly platform: z.infer<typeof Platform> };
  /** Null outside QA builds. */
  readonly qa: QaIssuer | null;
  /** How a visit to the payment page is followed. */
  readonly watch?: Watch;
}

const AccountFile = z.object({
  token: z.string().max(8192).nullable(),
  /** Who is signed in, as the service last said. For show alone. */
  listener: z.object({ email: Email, subscription: SubscriptionAnswer }).nullable(),
  /** The dates that a tester's token goes with. */
  staged: SubscriptionAnswer.pick({ periodEndsAt: true, graceEndsAt: true })
    .nullable()
    .default(null),
});
const mostBytes = 64 * 1024;

/** Nobody pays for a quarter of an hour; the next token tells of a payment all the same. */
const usualWatch: Watch = { everyMilliseconds: 1500, longestMilliseconds: 15 * 60_000 };

/**
 * Opens the account: reads and verifies the token, if there is one. A listener who never had one
 * costs a look at a file that isn't there; no service is started, no key made, no keyring asked.
 */
export async function createAccount(parts: AccountParts): Promise<Account> {
  const { clock, secrets, trust, service, qa } = parts;
  const file = openAtomicFile(parts.path, AccountFile, mostBytes);
  const content = await file.read();
  if (content.kind === 'damaged') await file.setAside(clock.now());
  let { token, listener, staged } =
    content.kind === 'read' ? content.value : { token: null, listener: null, staged: null };
  const entitlements = await openEntitlements(
    { clock, secrets, trust },
    content.kind === 'damaged' ? undefined : token,
  );
  const visits = createVisits(tell);
  const errands = createErrands({
    ...parts,
    visits,
    watch: parts.watch ?? usualWatch,
    subscription: () => listener?.subscription ?? null,
    refresh: () => inTurn(refresh),
  });
  const backoff = createBackoff(clock);
  const listeners = new Set<(view: AccountView) => void>();
  let queue: Promise<unknown> = Promise.resolve();
  let told = view();

  function view(): AccountView {
    const { tier, entitlement } = entitlements.standing();
    const claims = entitlements.claims();
    const premium = claims?.tier === 'premium' ? claims : null;
    const known = listener?.subscription ?? null;
    const subscription = claims?.state ?? known?.state ?? 'none';
    // What the service told of another state than the token's is no more, or not yet, the case.
    const current = known?.state === subscription ? known : null;
    const dates = isTesters() ? staged : current;
    return {
      tier,
      entitlement,
      subscription,
      validUntil: isoTime(premium?.exp),
      offlineUntil: isoTime(premium?.offline_until),
      email: listener?.email ?? null,
      plan: current?.plan ?? null,
      periodEndsAt: dates?.periodEndsAt ?? null,
      graceEndsAt: dates?.graceEndsAt ?? null,
      mayTry: known?.mayTry ?? true,
      visit: visits.current(),
      environment: claims?.env ?? trust.environment,
      clockSuspect: entitlements.clockSuspect(),
      keyProtected: secrets.protected,
    };
  }

  function tell(): void {
    const next = view();
    if (isDeepStrictEqual(next, told)) return;
    told = next;
    for (const each of listeners) each(next);
  }

  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }

  async function keep(): Promise<AccountView> {
    await file.write({ token, listener, staged });
    tell();
    return view();
  }

  /** Asks who is signed in, and for a token. */
  async function refresh(): Promise<AccountView> {
    const { email } = await service.account();
    const answers: EntitlementAnswer[] = [];
    token = await entitlements.renew(async ({ deviceKey, nonce }) => {
      const proof = await proveDevice(deviceKey, {
        device: parts.device,
        nonce,
        now: clock.now(),
      });
      const answer = await service.entitlement(proof);
      answers.push(answer);
      return answer.token;
    });
    for (const { subscription } of answers) listener = { email, subscription };
    return keep();
  }

  /** @param state a tester's word on the tier; null: nobody answers */
  async function renewByTester(
    state: (occasion: TokenOccasion) => Promise<QaStatement | null>,
  ): Promise<void> {
    const statements: QaStatement[] = [];
    const renewed = await entitlements.renew(async (question) => {
      const statement = await state({ ...question, now: clock.now() });
      if (statement !== null) statements.push(statement);
      return statement?.token ?? null;
    });
    if (renewed === null) return;
    token = renewed;
    for (const { dates } of statements) staged = dates;
    await keep();
  }

  /** A token of a tester's is renewed by the tester, whatever account is signed in. */
  async function renewDue(): Promise<void> {
    if (qa !== null && isTesters()) await renewByTester(qa.renew);
    else if (listener !== null || content.kind === 'damaged') {
      await refresh();
    }
  }

  /** Whether the tier is a tester's own word, and not a service's. */
  function isTesters(): boolean {
    return qa !== null && entitlements.claims()?.iss === qa.name;
  }

  async function renewIfDue(): Promise<void> {
    if (!entitlements.isDue() || !backoff.mayTry()) return;
    try {
      await renewDue();
      backoff.succeeded();
    } catch (error) {
      if (!(error instanceof RefrainError)) throw error;
      // What was granted stands until its time, whatever has become of the sign-in.
      if (error.code === 'signed_out') await forgetListener();
      backoff.failed();
    }
  }

  async function forgetListener(): Promise<void> {
    if (listener === null) return;
    listener = null;
    await keep();
  }

  async function leave(): Promise<AccountView> {
    listener = null;
    token = null;
    await entitlements.forget();
    const left = await keep();
    // Here it has happened already; the service is told if it can be reached.
    await parts.signIn.signOut();
    return left;
  }

  async function changed(ask: () => Promise<unknown>): Promise<AccountView> {
    return inTurn(async () => {
      await ask();
      return refresh();
    });
  }

  return {
    view,
    tier: () => entitlements.standing().tier,
    allows: (feature) => allows(entitlements.standing().tier, feature),
    signIn: errands.signIn,
    checkout: errands.checkout,
    openPortal: errands.openPortal,
    giveUpVisit: visits.giveUp,
    signOut: () =>
      inTurn(() => {
        visits.giveUp();
        return leave();
      }),
    plans: service.plans,
    cancel: () => changed(service.cancel),
    resume: () => changed(service.resume),
    refresh: () => inTurn(refresh),
    async devices() {
      const key = await readDeviceKey(secrets);
      const own = key === null ? null : await thumbprint(key);
      return (await service.devices()).map(({ id, name, platform, seenAt }) => ({
        id,
        name,
        platform,
        seenAt,
        isThis: id === own,
      }));
    },
    removeDevice: service.removeDevice,
    exported: service.exported,
    erase: (email) =>
      inTurn(async () => {
        if (listener?.email.toLowerCase() !== email.trim().toLowerCase()) {
          throw new RefrainError('invalid', 'That is the address of another account');
        }
        await service.erase();
        return leave();
      }),
    async setQaTier(qaTier) {
      if (qa === null) throw notQa();
      return inTurn(async () => {
        await renewByTester((occasion) => qa.stage(qaTier, occasion));
        return view();
      });
    },
    async actOnPayments(act) {
      if (qa === null) throw notQa();
      return changed(() => service.actOnPayments(act));
    },
    tick: () =>
      inTurn(async () => {
        tell();
        await renewIfDue();
        await entitlements.keepTime();
      }),
    onChanged(listening) {
      listeners.add(listening);
      return () => listeners.delete(listening);
    },
  };
}

function notQa(): RefrainError {
  return new RefrainError('not_found', 'This is not a QA build');
}

function isoTime(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString();
}
