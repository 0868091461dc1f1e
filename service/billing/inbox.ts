import { lt } from 'drizzle-orm';
import type { Queries } from '../store.ts';
import { record } from './ledger.ts';
import type { BillingProvider } from './provider.ts';
import { join, type Subscription } from './subscription.ts';
import { webhookInbox } from './tables.ts';

/**
 * How long the names of events are kept. Stripe delivers for three days by itself, and for a month
 * by hand; after that an event's only effect would be how it stands with its subscription, again.
 */
const keptMilliseconds = 90 * 86_400_000;

/**
 * Takes in one delivery of a provider's event. An event is noted and takes effect in one transaction,
 * so it takes effect once, however often and however many at a time it is delivered. Whatever is
 * thrown, nothing was kept: the provider delivers again.
 * @throws {Refusal} invalid, for what the provider did not sign just now
 */
export async function receive(
  { db, now, provider }: InboxParts,
  body: string,
  headers: Headers,
): Promise<void> {
  const { id, type, subscription } = await provider.parseWebhook(body, headers);
  const told = subscription && (await withoutFurtherPayments(provider, subscription));
  const oldest = new Date(now() - keptMilliseconds);
  await db.delete(webhookInbox).where(lt(webhookInbox.receivedAt, oldest));
  await db.transaction(async (tx) => {
    const noted = await tx
      .insert(webhookInbox)
      .values({ provider: provider.name, eventId: id, type, receivedAt: new Date(now()) })
      .onConflictDoNothing()
      .returning();
    if (noted.length > 0 && told !== null) await record(tx, told);
  });
}

export interface InboxParts {
  readonly db: Queries;
  readonly now: () => number;
  readonly provider: BillingProvider;
}

/** What was paid back would be charged again at the next period, were it not ended. */
async function withoutFurtherPayments(
  provider: BillingProvider,
  told: Subscription,
): Promise<Subscription> {
  if (told.reversal === null || told.ended) return told;
  return join(told, await provider.cancel(told.id, 'now'));
}
