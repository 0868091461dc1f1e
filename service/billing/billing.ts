import type { CheckoutRequest } from '../api/billing.ts';
import type { ServiceParts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Queries } from '../store.ts';
import { receive } from './inbox.ts';
import { keepCustomer, readLedger, record, type Ledger } from './ledger.ts';
import type { PaymentCompany } from './payment-company.ts';
import { standing, type Standing } from './standing.ts';
import { currentOf, type Subscription } from './subscription.ts';

export interface Billing {
  /** Does what time has brought; to be awaited before `readStanding`, and outside its transaction. */
  readonly keepUp: () => Promise<void>;
  /** @param queries those of the transaction that reads it */
  readonly readStanding: (accountId: string, queries: Queries) => Promise<Standing>;
  readonly standingOf: (accountId: string) => Promise<Standing>;
  /** The same, but asks the provider where a payment seems to be missing. */
  readonly confirmedStandingOf: (accountId: string) => Promise<Standing>;
  /**
   * @returns the page to pay on
   * @throws {Refusal} not_now, for who subscribes already or had the trial; unavailable
   */
  readonly checkout: (accountId: string, wanted: CheckoutRequest) => Promise<string>;
  /** @throws {Refusal} not_now, for who never came to a checkout; unavailable */
  readonly portal: (accountId: string) => Promise<string>;
  /** What was paid for stays to its end. @throws {Refusal} not_now, unavailable */
  readonly cancel: (accountId: string) => Promise<Standing>;
  /** Takes back a cancellation or a pause. @throws {Refusal} not_now, unavailable */
  readonly resume: (accountId: string) => Promise<Standing>;
  /** @throws {Refusal} invalid, not_found */
  readonly takeWebhook: (provider: string, body: string, headers: Headers) => Promise<void>;
  /** All that is kept of an account. */
  readonly exportOf: (accountId: string) => Promise<BillingExport>;
  /** Ends what would go on being paid. The rows go with the account's own. @throws {Refusal} unavailable */
  readonly beforeErase: (accountId: string) => Promise<void>;
}

export interface BillingExport extends Pick<Ledger, 'customerId' | 'triedAt'> {
  readonly subscriptions: readonly Subscription[];
}

export function createBilling(
  { store: { db }, now, log }: Pick<ServiceParts, 'store' | 'now' | 'log'>,
  { provider, keepUp }: PaymentCompany,
): Billing {
  async function ledgerOf(accountId: string): Promise<Ledger> {
    await keepUp();
    return readLedger(db, accountId);
  }

  async function reach<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      log.fault(`The payment provider ${provider.name} could not be reached`, error);
      throw new Refusal('unavailable', 'The payment provider does not answer', { cause: error });
    }
  }

  function keep(told: Subscription): Promise<void> {
    return db.transaction((tx) => record(tx, told));
  }

  async function standingOf(accountId: string): Promise<Standing> {
    return standing(await ledgerOf(accountId), now());
  }

  /** Changes the subscription that counts, without waiting for the webhook about it. */
  async function change(
    accountId: string,
    ask: (subscription: Subscription, state: Standing) => Promise<Subscription>,
  ): Promise<Standing> {
    const ledger = await ledgerOf(accountId);
    const current = currentOf(ledger.subscriptions, now());
    const before = standing(ledger, now());
    if (current === null || isOver(before)) {
      throw new Refusal('not_now', 'There is no subscription to change');
    }
    await keep(await reach(() => ask(current, before)));
    return standingOf(accountId);
  }

  return {
    keepUp,
    standingOf,

    async readStanding(accountId, queries) {
      return standing(await readLedger(queries, accountId), now());
    },

    async confirmedStandingOf(accountId) {
      const ledger = await ledgerOf(accountId);
      const known = standing(ledger, now());
      const current = currentOf(ledger.subscriptions, now());
      if (known.state !== 'past_due' || current === null) return known;
      const told = await provider.fetchSubscription(current.id).catch((cause: unknown) => {
        log.fault('A missing payment could not be looked up', cause);
        return null;
      });
      if (told === null) return known;
      await keep(told);
      return standingOf(accountId);
    },

    async checkout(accountId, { plan, trial }) {
      const ledger = await ledgerOf(accountId);
      const { tier, state } = standing(ledger, now());
      if (tier === 'premium' || state === 'paused') {
        throw new Refusal('not_now', 'The account subscribes already');
      }
      if (trial && !ledger.mayTry) throw new Refusal('not_now', 'The account had its trial');
      // A provider may still try to have a lapsed one paid: nobody shall pay for two.
      for (const lapsed of ledger.subscriptions.filter((it) => !it.ended)) {
        await keep(await reach(() => provider.cancel(lapsed.id, 'now')));
      }
      await keepCustomer(db, accountId, null);
      const { url, customerId } = await reach(() =>
        provider.startCheckout({
          accountId,
          customerId: ledger.customerId,
          plan,
          isTrial: trial,
          isIntro: ledger.mayTry,
        }),
      );
      await keepCustomer(db, accountId, customerId);
      return url;
    },

    async portal(accountId) {
      const { customerId } = await ledgerOf(accountId);
      if (customerId === null) throw new Refusal('not_now', 'The account never subscribed');
      return reach(() => provider.portalUrl(customerId));
    },

    cancel: (accountId) =>
      change(accountId, ({ id }, { state, tier }) => {
        // Nothing that was paid for is left: what remains is the attempt to have more paid.
        const isUnpaid = state === 'past_due' || tier === 'free';
        return provider.cancel(id, isUnpaid ? 'now' : 'at_period_end');
      }),

    resume: (accountId) => change(accountId, ({ id }) => provider.resume(id)),

    async takeWebhook(name, body, headers) {
      if (name !== provider.name) throw new Refusal('not_found', 'No such payment provider');
      await receive({ db, now, provider }, body, headers);
    },

    async exportOf(accountId) {
      const { customerId, triedAt, subscriptions } = await ledgerOf(accountId);
      return { customerId, triedAt, subscriptions };
    },

    async beforeErase(accountId) {
      const { customerId } = await readLedger(db, accountId);
      if (customerId !== null) await reach(() => provider.forget(customerId));
    },
  };
}

function isOver({ state }: Standing): boolean {
  return !['trialing', 'active', 'past_due', 'cancel_at_period_end', 'paused'].includes(state);
}
