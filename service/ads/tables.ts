import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Companion } from './catalogue.ts';

export const campaigns = pgTable('campaigns', {
  id: text('id').primaryKey(),
  advertiser: text('advertiser').notNull(),
  category: text('category').notNull(),
  genres: text('genres').array().notNull(),
  moods: text('moods').array().notNull(),
  dayparts: text('dayparts').array().notNull(),
  languages: text('languages').array().notNull(),
  markets: text('markets').array().notNull(),
  startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
  endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
  dailyImpressions: integer('daily_impressions').notNull(),
});

export const creatives = pgTable('creatives', {
  id: text('id').primaryKey(),
  campaignId: text('campaign_id').notNull(),
  title: text('title').notNull(),
  mediaUrl: text('media_url').notNull(),
  mediaType: text('media_type').notNull(),
  seconds: doublePrecision('seconds').notNull(),
  bitrateKbps: integer('bitrate_kbps').notNull(),
  companion: jsonb('companion').$type<Companion>(),
  clickThrough: text('click_through'),
  skipAfterSeconds: integer('skip_after_seconds'),
});

export const beacons = pgTable(
  'beacons',
  {
    serving: uuid('serving').notNull(),
    event: text('event').notNull(),
    campaignId: text('campaign_id').notNull(),
    creativeId: text('creative_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
    heardSeconds: doublePrecision('heard_seconds').notNull(),
    late: boolean('late').notNull(),
    errorCode: integer('error_code'),
    refused: text('refused'),
  },
  ({ serving, event }) => [primaryKey({ columns: [serving, event] })],
);

export const adCounts = pgTable(
  'ad_counts',
  {
    day: date('day').notNull(),
    campaignId: text('campaign_id').notNull(),
    event: text('event').notNull(),
    shard: smallint('shard').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  ({ day, campaignId, event, shard }) => [primaryKey({ columns: [day, campaignId, event, shard] })],
);
