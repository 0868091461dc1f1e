import { isDeepStrictEqual } from 'node:util';
import type { VisitOutcome } from '../../shared/account.ts';
import type { CheckoutRequest, SubscriptionAnswer } from '../../service/api/billing.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceDoor } from './service-door.ts';
import type { SignIn } from './sign-in.ts';
import { type Visits, lookUntil, type Watch } from './visits.ts';

/** What leads a listener to the browser: to sign in, to pay, to see to card and plan. */
export interface Errands {
  readonly signIn: (way: 'browser' | 'code') => Promise<VisitOutcome>;
  /** By way of signing in where that is needed. */
  readonly checkout: (order: CheckoutRequest) => Promise<VisitOutcome>;
  readonly openPortal: () => Promise<VisitOutcome>;
}

export interface ErrandParts {
  readonly visits: Visits;
  readonly signIn: Pick<SignIn, 'inBrowser' | 'byDeviceCode'>;
  readonly service: Pick<ServiceClient, 'checkout' | 'portal' | 'subscription'>;
  readonly door: Pick<ServiceDoor, 'openPages' | 'closePages'>;
  readonly openInBrowser: (url: string) => Promise<void>;
  /** How a visit to a page of the provider's is followed. */
  readonly watch: Watch;
  /** As the service last told of it; null: nobody is signed in. */
  readonly subscription: () => SubscriptionAnswer | null;
  /** Asks the service how things stand now. */
  readonly refresh: () => Promise<unknown>;
}

type Show = Parameters<Parameters<Visits['run']>[0]>[0];

export function createErrands(parts: ErrandParts): Errands {
  const { visits, service, door, subscription, refresh } = parts;

  async function signInBy(
    way: 'browser' | 'code',
    show: Show,
    signal: AbortSignal,
  ): Promise<VisitOutcome> {
    if (way === 'browser') show({ kind: 'sign_in' });
    const outcome =
      way === 'browser'
        ? await parts.signIn.inBrowser(signal)
        : await parts.signIn.byDeviceCode(({ userCode, address, expiresAt }) => {
            const ends = new Date(expiresAt).toISOString();
            show({ kind: 'code', userCode, address, expiresAt: ends });
          }, signal);
    if (outcome !== 'signed_in') return outcome;
    await refresh();
    return 'done';
  }

  /** Opens a page of the provider's and looks until the subscription is another than before. */
  async function visitPage(
    askPage: () => Promise<string>,
    signal: AbortSignal,
  ): Promise<VisitOutcome> {
    const before = subscription();
    await door.openPages();
    try {
      await parts.openInBrowser(await askPage());
      const outcome = await lookUntil(
        async () => !isDeepStrictEqual(await service.subscription(), before),
        parts.watch,
        signal,
      );
      if (outcome === 'done') await refresh();
      return outcome;
    } finally {
      await door.closePages().catch(() => undefined);
    }
  }

  return {
    signIn: (way) => visits.run((show, signal) => signInBy(way, show, signal)),
    checkout: (order) =>
      visits.run(async (show, signal) => {
        if (subscription() === null) {
          const outcome = await signInBy('browser', show, signal);
          if (outcome !== 'done') return outcome;
        } else await refresh();
        const known = subscription();
        if (known !== null && isRunning(known)) return 'had_premium';
        if (order.trial && known?.mayTry !== true) return 'trial_used';
        show({ kind: 'checkout', ...order });
        return visitPage(() => service.checkout(order), signal);
      }),
    openPortal: () =>
      visits.run((show, signal) => {
        show({ kind: 'portal' });
        return visitPage(service.portal, signal);
      }),
  };
}

/** Whether there is a subscription to which none can be added. */
function isRunning({ state }: SubscriptionAnswer): boolean {
  return state !== 'none' && state !== 'expired' && state !== 'refunded' && state !== 'disputed';
}
