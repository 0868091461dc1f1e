import { bigint, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Device } from '../api/account.ts';

export const keys = pgTable('entitlement_keys', {
  kid: text('kid').primaryKey(),
  x: text('x').notNull(),
  sealed: text('sealed').notNull(),
  state: text('state').$type<'next' | 'current' | 'retired'>().notNull(),
  since: timestamp('since', { withTimezone: true }).notNull(),
});

export const counts = pgTable('entitlement_counts', {
  accountId: uuid('account_id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
});

export const devices = pgTable(
  'devices',
  {
    accountId: uuid('account_id').notNull(),
    /** RFC 7638, of the device's public key. */
    thumbprint: text('thumbprint').notNull(),
    name: text('name').notNull(),
    platform: text('platform').$type<Device['platform']>().notNull(),
    /** By which the device asked last. */
    signInId: text('sign_in_id').notNull(),
    addedAt: timestamp('added_at', { withTimezone: true }).notNull(),
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.thumbprint] })],
);
