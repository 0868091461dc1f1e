import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, gt, inArray, lte } from 'drizzle-orm';
import { z } from 'zod';
import { PlanId } from '../../api/billing.ts';
import type { ServiceParts } from '../../parts.ts';
import type { Queries } from '../../store.ts';
import type { Order } from '../provider.ts';
import { eventBody, sign, signatureHeader, webhookSecret } from './fake-event.ts';
import {
  act,
  begin,
  dueAt,
  FakeSubscription,
  settle,
  type FakeAct,
  type FakeCard,
  type Step,
} from './fake-subscription.ts';
import { fakeCustomers, fakeEvents, fakeSubscriptions, fakeVisits } from './fake-tables.ts';

/** The fake provider's books: customers, subscriptions, visits to its pages, and what it has to tell. */
export interface FakeDesk {
  /** Checks the service's own signature with it. */
  readonly secret: Uint8Array;
  /** @returns the customer that the account is */
  readonly customerOf: (accountId: string) => Promise<string>;
  /** A checkout that was begun before and not paid is over. @returns the token of the page */
  readonly openVisit: (customerId: string, checkout: Order | null) => Promise<string>;
  readonly visit: (token: string) => Promise<Visit | null>;
  readonly leave: (token: string) => Promise<void>;
  /**
   * Begins the subscription that a visit is about, once.
   * @returns what it came to, where `over` is a visit that ended
   */
  readonly pay: (token: string, card: FakeCard) => Promise<'paid' | 'card_refused' | 'over'>;
  /** @returns null for one that there is none of */
  readonly find: (subscriptionId: string) => Promise<FakeSubscription | null>;
  /** The customer's newest one. */
  readonly newestOf: (customerId: string) => Promise<FakeSubscription | null>;
  /** @throws for one that there is none of */
  readonly change: (subscriptionId: string, done: FakeAct) => Promise<FakeSubscription>;
  readonly forget: (customerId: string) => Promise<void>;
  /** Charges what fell due, and tells what is untold. */
  readonly keepUp: () => Promise<void>;
}

export interface Visit {
  readonly customerId: string;
  /** Null for the portal. */
  readonly checkout: Order | null;
}

const Checkout = z.object({
  accountId: z.uuid(),
  customerId: z.string().nullable(),
  plan: PlanId,
  isTrial: z.boolean(),
  isIntro: z.boolean(),
}) satisfies z.ZodType<Order>;

const visitMilliseconds = 24 * 3_600_000;
/** Time brings nothing that couldn't wait so long. */
const keepUpMilliseconds = 1000;
const mostAtOnce = 200;

export function openFakeDesk(
  { store: { db }, now, sealingKey, origin, log }: ServiceParts,
  deliver: (request: Request) => Promise<Response>,
): FakeDesk {
  const secret = webhookSecret(sealingKey);
  let keptUpAt = Number.NEGATIVE_INFINITY;
  let keepingUp = Promise.resolve();

  /** Events lie beside what they tell of before anybody hears of them: none is lost. */
  async function keep(tx: Queries, customerId: string, { next, events }: Step): Promise<void> {
    const due = dueAt(next);
    const values = {
      id: next.told.id,
      customerId,
      state: next,
      dueAt: due === null ? null : new Date(due),
    };
    await tx
      .insert(fakeSubscriptions)
      .values(values)
      .onConflictDoUpdate({ target: fakeSubscriptions.id, set: values });
    if (events.length === 0) return;
    const bodies = events.map(({ type, told }) => ({ customerId, body: eventBody(type, told) }));
    await tx.insert(fakeEvents).values(bodies);
  }

  async function step(
    subscriptionId: string,
    move: (subscription: FakeSubscription) => Step,
  ): Promise<FakeSubscription | null> {
    const next = await db.transaction(async (tx) => {
      const isIt = eq(fakeSubscriptions.id, subscriptionId);
      const [row] = await tx.select().from(fakeSubscriptions).where(isIt).for('update');
      if (row === undefined) return null;
      const moved = move(FakeSubscription.parse(row.state));
      await keep(tx, row.customerId, moved);
      return moved.next;
    });
    await tell();
    return next;
  }

  /** What could not be told now is told at the next occasion; the service knows what it was told. */
  async function tell(): Promise<void> {
    const untold = await db.select().from(fakeEvents).orderBy(fakeEvents.number).limit(mostAtOnce);
    for (const { number, body } of untold) {
      const response = await deliver(
        new Request(`${origin()}/v1/webhooks/fake`, {
          method: 'POST',
          headers: { [signatureHeader]: sign(body, secret, now()) },
          body,
        }),
      );
      if (response.ok) await db.delete(fakeEvents).where(eq(fakeEvents.number, number));
      else log.fault('A payment event was not taken in', await response.text());
    }
  }

  async function chargeWhatIsDue(): Promise<void> {
    const due = await db
      .select({ id: fakeSubscriptions.id })
      .from(fakeSubscriptions)
      .where(lte(fakeSubscriptions.dueAt, new Date(now())))
      .limit(mostAtOnce);
    for (const { id } of due) await step(id, (it) => settle(it, now()));
    if (due.length === 0) await tell();
  }

  async function visit(token: string): Promise<Visit | null> {
    const [row] = await db.select().from(fakeVisits).where(openVisitOf(token, now()));
    return row === undefined ? null : visitOf(row);
  }

  return {
    secret,
    visit,

    async customerOf(accountId) {
      const id = `cus_${randomUUID()}`;
      await db.insert(fakeCustomers).values({ id, accountId }).onConflictDoNothing();
      const isIt = eq(fakeCustomers.accountId, accountId);
      const [row] = await db.select().from(fakeCustomers).where(isIt);
      return row?.id ?? id;
    },

    async openVisit(customerId, checkout) {
      const token = randomBytes(32).toString('base64url');
      const endsAt = new Date(now() + visitMilliseconds);
      await db.transaction(async (tx) => {
        await tx.delete(fakeVisits).where(lte(fakeVisits.endsAt, new Date(now())));
        if (checkout !== null) {
          const open = await tx
            .select()
            .from(fakeVisits)
            .where(eq(fakeVisits.customerId, customerId));
          const tokens = open.filter((row) => row.checkout !== null).map((row) => row.token);
          await tx.delete(fakeVisits).where(inArray(fakeVisits.token, tokens));
        }
        await tx.insert(fakeVisits).values({ token, customerId, checkout, endsAt });
      });
      return token;
    },

    async leave(token) {
      await db.delete(fakeVisits).where(eq(fakeVisits.token, token));
    },

    async pay(token, card) {
      const outcome = await db.transaction(async (tx) => {
        const isIt = openVisitOf(token, now());
        const [row] = await tx.select().from(fakeVisits).where(isIt).for('update');
        const open = row && visitOf(row);
        if (!open?.checkout) return 'over';
        // A trial charges nothing yet: its card is refused when the trial ends.
        if (card === 'refused' && !open.checkout.isTrial) return 'card_refused';
        await tx.delete(fakeVisits).where(isIt);
        const id = `sub_${randomUUID()}`;
        await keep(tx, open.customerId, begin(id, open.checkout, card, now()));
        return 'paid';
      });
      await tell();
      return outcome;
    },

    async find(subscriptionId) {
      const isIt = eq(fakeSubscriptions.id, subscriptionId);
      const [row] = await db.select().from(fakeSubscriptions).where(isIt);
      return row === undefined ? null : FakeSubscription.parse(row.state);
    },

    async newestOf(customerId) {
      const isTheirs = eq(fakeSubscriptions.customerId, customerId);
      const rows = await db.select().from(fakeSubscriptions).where(isTheirs);
      const all = rows.map(({ state }) => FakeSubscription.parse(state));
      return all.sort((a, b) => b.told.startedAt - a.told.startedAt)[0] ?? null;
    },

    async change(subscriptionId, done) {
      const changed = await step(subscriptionId, (it) => act(it, done, now()));
      if (changed === null) throw new Error('There is no such subscription');
      return changed;
    },

    async forget(customerId) {
      await db.delete(fakeCustomers).where(eq(fakeCustomers.id, customerId));
    },

    keepUp() {
      const elapsed = now() - keptUpAt;
      if (elapsed >= 0 && elapsed < keepUpMilliseconds) return keepingUp;
      keptUpAt = now();
      // Whoever asks meanwhile waits for it too: what is read then must not be of before.
      return (keepingUp = chargeWhatIsDue());
    },
  };
}

function openVisitOf(token: string, now: number) {
  return and(eq(fakeVisits.token, token), gt(fakeVisits.endsAt, new Date(now)));
}

function visitOf({ customerId, checkout }: typeof fakeVisits.$inferSelect): Visit {
  return { customerId, checkout: checkout === null ? null : Checkout.parse(checkout) };
}
