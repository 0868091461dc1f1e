import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import type { Queries } from '../store.ts';
import type { Known } from './standing.ts';
import { join, type Subscription } from './subscription.ts';
import { billingAccounts, subscriptions } from './tables.ts';

/** What the database holds of an account's billing. */
export interface Ledger extends Known {
  readonly customerId: string | null;
  readonly triedAt: number | null;
}

export async function readLedger(db: Queries, accountId: string): Promise<Ledger> {
  const [account] = await db
    .select()
    .from(billingAccounts)
    .where(eq(billingAccounts.accountId, accountId));
  const rows = await db.select().from(subscriptions).where(eq(subscriptions.accountId, accountId));
  const triedAt = account?.triedAt ?? null;
  return {
    customerId: account?.customerId ?? null,
    triedAt: triedAt?.getTime() ?? null,
    mayTry: triedAt === null,
    subscriptions: rows.map(subscriptionOf),
  };
}

/** @throws for an account that there is none of */
export async function keepCustomer(
  db: Queries,
  accountId: string,
  customerId: string | null,
): Promise<void> {
  const insert = db.insert(billingAccounts).values({ accountId, customerId });
  await (customerId === null
    ? insert.onConflictDoNothing()
    : insert.onConflictDoUpdate({ target: billingAccounts.accountId, set: { customerId } }));
}

/**
 * Joins what the provider told to what is known of the subscription. Nothing is kept for an account
 * that is gone: its subscription was ended when it was erased.
 * @param tx a transaction; tellings for one account wait for each other
 */
export async function record(tx: Queries, told: Subscription): Promise<void> {
  const account = eq(billingAccounts.accountId, told.accountId);
  const [owner] = await tx.select().from(billingAccounts).where(account).for('update');
  if (owner === undefined) return;
  const [row] = await tx.select().from(subscriptions).where(eq(subscriptions.id, told.id));
  const known = row === undefined ? null : subscriptionOf(row);
  const joined = known === null ? told : join(known, told);
  if (isDeepStrictEqual(known, joined)) return;
  const values = rowOf(joined);
  await tx
    .insert(subscriptions)
    .values(values)
    .onConflictDoUpdate({ target: subscriptions.id, set: values });
  await tx
    .update(billingAccounts)
    .set({ triedAt: owner.triedAt ?? new Date(told.startedAt) })
    .where(account);
}

function subscriptionOf(row: typeof subscriptions.$inferSelect): Subscription {
  const { reversalKind, reversalAt, startedAt, paidUntil, ...same } = row;
  return {
    ...same,
    startedAt: startedAt.getTime(),
    paidUntil: paidUntil.getTime(),
    reversal:
      reversalKind === null || reversalAt === null
        ? null
        : { kind: reversalKind, at: reversalAt.getTime() },
  };
}

function rowOf(subscription: Subscription): typeof subscriptions.$inferInsert {
  const { reversal, startedAt, paidUntil, ...same } = subscription;
  return {
    ...same,
    startedAt: new Date(startedAt),
    paidUntil: new Date(paidUntil),
    reversalKind: reversal?.kind ?? null,
    reversalAt: reversal === null ? null : new Date(reversal.at),
  };
}
