import { integer, jsonb, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { MetricsBatch } from '../api/metrics.ts';

export const metricsBatches = pgTable('metrics_batches', {
  id: uuid('id').primaryKey(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  level: integer('level').notNull(),
  batch: jsonb('batch').notNull().$type<MetricsBatch>(),
});
