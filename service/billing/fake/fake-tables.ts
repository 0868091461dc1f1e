import { bigint, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const fakeCustomers = pgTable('fake_customers', {
  id: text('id').primaryKey(),
  accountId: uuid('account_id').notNull().unique(),
});

export const fakeSubscriptions = pgTable('fake_subscriptions', {
  id: text('id').primaryKey(),
  customerId: text('customer_id').notNull(),
  state: jsonb('state').notNull(),
  dueAt: timestamp('due_at', { withTimezone: true }),
});

/** Who has the token may see the page: that is all the sign-in there is. */
export const fakeVisits = pgTable('fake_visits', {
  token: text('token').primaryKey(),
  customerId: text('customer_id').notNull(),
  checkout: jsonb('checkout'),
  endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
});

export const fakeEvents = pgTable('fake_events', {
  number: bigint('number', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  customerId: text('customer_id').notNull(),
  body: text('body').notNull(),
});
