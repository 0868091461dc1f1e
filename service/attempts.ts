import { createHmac } from 'node:crypto';
import { eq, lte, sql } from 'drizzle-orm';
import { attempts } from './attempt-tables.ts';
import { networkOf } from './client-address.ts';
import type { ServiceParts } from './parts.ts';
import { Refusal } from './refusal.ts';

/** What is counted, and for whom: an e-mail, or an address. */
export type Attempt =
  | { readonly kind: 'password'; readonly by: 'account'; readonly name: string }
  | {
      readonly kind: 'password' | 'sign_up' | 'metrics';
      readonly by: 'address';
      readonly name: string;
    };

export interface Attempts {
  /**
   * Counts one.
   * @throws {Refusal} too_many, until the quarter of an hour since the first is over
   */
  readonly count: (attempt: Attempt) => Promise<void>;
  readonly forget: (attempt: Attempt) => Promise<void>;
}

const windowMilliseconds = 15 * 60_000;
const mostByAccount = 10;
/** An address may be that of a whole school. */
const mostByAddress = { password: 100, sign_up: 20, metrics: 120 } as const;

/** Attempts lie in the database, so that all instances of the service count together. */
export function createAttempts({
  store: { db },
  now,
  sealingKey,
}: Pick<ServiceParts, 'store' | 'now' | 'sealingKey'>): Attempts {
  function subjectOf({ kind, by, name }: Attempt): string {
    return createHmac('sha256', sealingKey)
      .update(JSON.stringify([kind, by, by === 'address' ? networkOf(name) : name]))
      .digest('base64url');
  }

  return {
    async count(attempt) {
      const moment = new Date(now());
      const endsAt = new Date(now() + windowMilliseconds);
      await db.delete(attempts).where(lte(attempts.endsAt, moment));
      const [row] = await db
        .insert(attempts)
        .values({ subject: subjectOf(attempt), count: 1, endsAt })
        .onConflictDoUpdate({
          target: attempts.subject,
          set: { count: sql`${attempts.count} + 1` },
        })
        .returning({ count: attempts.count });
      const most = attempt.by === 'account' ? mostByAccount : mostByAddress[attempt.kind];
      if ((row?.count ?? 0) > most) {
        throw new Refusal('too_many', 'Too many attempts: try again in a quarter of an hour');
      }
    },
    async forget(attempt) {
      await db.delete(attempts).where(eq(attempts.subject, subjectOf(attempt)));
    },
  };
}
