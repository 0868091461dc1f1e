import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AdapterPayload } from 'oidc-provider';

/** What the sign-in remembers; `model` is the library's name for its kind. */
export const records = pgTable(
  'oidc_records',
  {
    model: text('model').notNull(),
    /** Of the identifier, which is itself the secret of a token or a code. */
    idHash: text('id_hash').notNull(),
    payload: jsonb('payload').$type<AdapterPayload>().notNull(),
    accountId: uuid('account_id'),
    grantId: text('grant_id'),
    userCode: text('user_code'),
    uid: text('uid'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    consumedAt: timestamp('consumed_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.model, table.idHash] })],
);

export const keys = pgTable('oidc_keys', {
  name: text('name').primaryKey(),
  sealed: text('sealed').notNull(),
});
