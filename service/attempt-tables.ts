import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const attempts = pgTable('attempts', {
  subject: text('subject').primaryKey(),
  count: integer('count').notNull(),
  endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
});
