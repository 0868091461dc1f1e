import { bigint, boolean, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import type { PlanId } from '../api/billing.ts';
import type { Renewal, Reversal } from './subscription.ts';

/** One for each account that ever came to a checkout. */
export const billingAccounts = pgTable('billing_accounts', {
  accountId: uuid('account_id').primaryKey(),
  /** The provider's name for the account. */
  customerId: text('customer_id'),
  /** When it first had a subscription: it has no trial and no intro price since. */
  triedAt: timestamp('tried_at', { withTimezone: true }),
});

export const subscriptions = pgTable('subscriptions', {
  id: text('id').primaryKey(),
  accountId: uuid('account_id').notNull(),
  version: bigint('version', { mode: 'number' }).notNull(),
  plan: text('plan').$type<PlanId>().notNull(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  isTrial: boolean('is_trial').notNull(),
  paidUntil: timestamp('paid_until', { withTimezone: true }).notNull(),
  renewal: text('renewal').$type<Renewal>().notNull(),
  ended: boolean('ended').notNull(),
  reversalKind: text('reversal_kind').$type<Reversal['kind']>(),
  reversalAt: timestamp('reversal_at', { withTimezone: true }),
});

export const webhookInbox = pgTable(
  'webhook_inbox',
  {
    provider: text('provider').notNull(),
    eventId: text('event_id').notNull(),
    type: text('type').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  },
  (table) => [unique().on(table.provider, table.eventId)],
);
