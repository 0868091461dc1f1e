import { createHash } from 'node:crypto';
import { and, eq, gt, inArray, isNull, lt, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { Caller, ServiceParts } from '../parts.ts';
import { records } from './tables.ts';

/** One place where an account is signed in. */
export interface SignedIn {
  readonly signedInAt: string;
  readonly renewedAt: string;
}

/** The library's records in the database, and what the rest of the sign-in asks of them. */
export interface Records {
  /** For `adapter` of the library's configuration. */
  readonly adapterFor: (model: string) => Adapter;
  /** @returns null for a token that was never given out, has expired or was taken back */
  readonly callerOf: (accessToken: string) => Promise<Caller | null>;
  readonly signedIn: (accountId: string) => Promise<readonly SignedIn[]>;
  /** Ends one sign-in: all that came from it. */
  readonly end: (signInId: string) => Promise<void>;
  /** Ends every sign-in of the account, and what is under way. */
  readonly endAll: (accountId: string) => Promise<void>;
}

const grants = alias(records, 'grants');
const day = 86_400_000;
/** Used refresh tokens are kept that long, to know a stolen one when it is tried. */
const keptUsedMilliseconds = 30 * day;
/** How long a record outlives its end, so that a late visitor is told that it is over. */
const keptExpiredMilliseconds = day;
const sweepEveryMilliseconds = day / 24;

/**
 * Times: the library takes the system's clock for all it does and has no way to be given another. So
 * the end of each record is kept by the service's clock, and shown to the library as so many
 * seconds from the system's present: what has expired is decided by the service's clock alone. A
 * tester who moves that clock by weeks signs nobody out, since a sign-in lasts a year unused; the
 * other times in a payload (`iat`, `loginTs`) are the system's and decide nothing here.
 * @param systemNow milliseconds since 1970 by the clock that the library reads
 */
export function openRecords(
  { store: { db }, now }: Pick<ServiceParts, 'store' | 'now'>,
  systemNow: () => number,
): Records {
  let sweptAt = -Infinity;

  function named(model: string, id: string): SQL | undefined {
    return and(eq(records.model, model), eq(records.idHash, hashed(id)));
  }

  async function find(where: SQL | undefined, jti?: string): Promise<AdapterPayload | undefined> {
    const [row] = await db.select().from(records).where(where).limit(1);
    if (row === undefined) return undefined;
    const left = Math.floor((row.expiresAt.getTime() - now()) / 1000);
    return {
      ...row.payload,
      ...(jti === undefined ? {} : { jti }),
      ...(row.consumedAt === null ? {} : { consumed: seconds(row.consumedAt.getTime()) }),
      exp: seconds(systemNow()) + left,
    };
  }

  async function end(grantId: string): Promise<void> {
    await db.delete(records).where(eq(records.grantId, grantId));
  }

  async function sweep(): Promise<void> {
    if (now() < sweptAt + sweepEveryMilliseconds) return;
    sweptAt = now();
    await db
      .delete(records)
      .where(lt(records.expiresAt, new Date(sweptAt - keptExpiredMilliseconds)));
  }

  /**
   * SECURITY: of two who use a token or code at the same moment one has stolen it, and the library
   * has found it unused for both. The database lets one through; the other ends the sign-in.
   */
  async function consume(model: string, id: string): Promise<void> {
    const kept = new Date(now() + keptUsedMilliseconds);
    const used = await db
      .update(records)
      .set({
        consumedAt: new Date(now()),
        expiresAt: sql`least(${records.expiresAt}, ${kept.toISOString()}::timestamptz)`,
      })
      .where(and(named(model, id), isNull(records.consumedAt)))
      .returning({ model: records.model });
    if (used.length > 0) return;
    const [row] = await db
      .select({ grantId: records.grantId })
      .from(records)
      .where(named(model, id));
    if (typeof row?.grantId === 'string') await end(row.grantId);
    throw new errors.InvalidGrant('already used');
  }

  return {
    adapterFor: (model) => ({
      find: (id) => find(named(model, id), id),
      findByUid: (uid) => find(and(eq(records.model, model), eq(records.uid, uid))),
      findByUserCode: (code) => find(and(eq(records.model, model), eq(records.userCode, code))),
      async upsert(id, payload, secondsLeft) {
        await sweep();
        const row = {
          payload: model === refoundModel ? payload : withoutId(payload),
          accountId: payload.accountId ?? null,
          grantId: model === 'Grant' ? id : (payload.grantId ?? null),
          userCode: payload.userCode ?? null,
          uid: payload.uid ?? null,
          expiresAt: new Date(now() + (secondsLeft ?? 0) * 1000),
        };
        await db
          .insert(records)
          .values({ ...row, model, idHash: hashed(id), createdAt: new Date(now()) })
          .onConflictDoUpdate({ target: [records.model, records.idHash], set: row });
      },
      consume: (id) => consume(model, id),
      async destroy(id) {
        await db.delete(records).where(named(model, id));
      },
      revokeByGrantId: end,
    }),

    async callerOf(accessToken) {
      // SECURITY: the grant must be there too, for a token may be written while its sign-in ends.
      const [row] = await db
        .select({ accountId: records.accountId, signInId: records.grantId })
        .from(records)
        .innerJoin(grants, and(eq(grants.model, 'Grant'), eq(grants.grantId, records.grantId)))
        .where(and(named('AccessToken', accessToken), gt(records.expiresAt, new Date(now()))));
      if (typeof row?.accountId !== 'string' || row.signInId === null) return null;
      return { accountId: row.accountId, signInId: row.signInId };
    },

    async signedIn(accountId) {
      const moments = await db
        .select({
          signedInAt: sql`min(${records.createdAt})`.mapWith(records.createdAt),
          renewedAt: sql`max(${records.createdAt})`.mapWith(records.createdAt),
        })
        .from(records)
        .where(
          and(
            eq(records.accountId, accountId),
            inArray(records.model, ['Grant', 'RefreshToken']),
            gt(records.expiresAt, new Date(now())),
          ),
        )
        .groupBy(records.grantId)
        .having(sql`bool_or(${records.model} = 'RefreshToken')`)
        .orderBy(sql`max(${records.createdAt}) DESC`);
      return moments.map(({ signedInAt, renewedAt }) => ({
        signedInAt: signedInAt.toISOString(),
        renewedAt: renewedAt.toISOString(),
      }));
    },

    end,
    async endAll(accountId) {
      await db.delete(records).where(eq(records.accountId, accountId));
    },
  };
}

/** It is found by its user code, changed, and saved under its identifier; it lives ten minutes. */
const refoundModel = 'DeviceCode';

/** SECURITY: the identifier of a token is the token; a copy of the database must sign nobody in. */
function withoutId(payload: AdapterPayload): AdapterPayload {
  const kept = { ...payload };
  delete kept.jti;
  return kept;
}

function hashed(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
