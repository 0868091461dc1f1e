import { z } from 'zod';

/** JSON knows signs that no database keeps: zero, and halves of surrogate pairs. */
const unstorable = /\\u(0000|d[89a-f])/;

/** What a listener who opted in sends. It names no account and no device. */
export const MetricsBatch = z
  .strictObject({
    /** The same however often it is sent: the service takes it once. */
    id: z.uuid(),
    level: z.union([z.literal(1), z.literal(2)]),
    app: z.string().max(40),
    /** Of a day in UTC; the same day may come again in a later batch, and adds up. */
    counts: z
      .array(
        z.strictObject({
          day: z.iso.date(),
          type: z.string().regex(/^[a-z0-9_.]{1,60}$/),
          count: z.int().min(1),
        }),
      )
      .max(5000),
    /** Empty at level 1. */
    events: z
      .array(
        z.strictObject({
          id: z.uuid(),
          source: z.string().max(60),
          type: z.string().regex(/^[a-z0-9_.]{1,60}$/),
          time: z.iso.datetime(),
          data: z.record(z.string().max(40), z.unknown()),
        }),
      )
      .max(500),
  })
  .refine((batch) => !unstorable.test(JSON.stringify(batch)), 'It holds signs that are no text');
export type MetricsBatch = z.infer<typeof MetricsBatch>;
