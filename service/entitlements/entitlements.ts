import { eq, sql } from 'drizzle-orm';
import { CompactSign } from 'jose';
import type { Device } from '../api/account.ts';
import type { EntitlementAnswer } from '../api/entitlement.ts';
import { tokenType } from '../api/entitlement-token.ts';
import type { Caller, ServiceParts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Queries } from '../store.ts';
import { claimsOf, type Standing } from './claims.ts';
import { readDeviceProof } from './device-proof.ts';
import { dropDevice, listDevices, seeDevice } from './devices.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { counts } from './tables.ts';

/** What other features know, by the composition. */
export interface EntitlementNeeds {
  /** Does what time has brought to subscriptions; not in a transaction, which it would wait for. */
  readonly keepUp: () => Promise<void>;
  /** Reads by the queries it is given: they hold the account's lock. */
  readonly readStanding: (accountId: string, queries: Queries) => Promise<Standing>;
  readonly endSignIn: (signInId: string) => Promise<void>;
}

export interface Entitlements {
  readonly keys: KeyRing;
  /**
   * States what the account may do on the device that the proof is of, for that device alone.
   * @throws {Refusal} invalid, not_now (too many devices), signed_out (the account is gone)
   */
  readonly issue: (caller: Caller, proof: string) => Promise<EntitlementAnswer>;
  readonly devices: (accountId: string) => Promise<Device[]>;
  /**
   * Ends the device's sign-in: it learns of nothing new until somebody signs in on it again, and
   * what it knows ends by itself.
   * @throws {Refusal} not_found
   */
  readonly removeDevice: (accountId: string, deviceId: string) => Promise<void>;
  readonly exportOf: (accountId: string) => Promise<Readonly<Record<string, unknown>>>;
}

export function createEntitlements(
  parts: Pick<ServiceParts, 'store' | 'now' | 'sealingKey' | 'log' | 'issuer' | 'environment'>,
  { keepUp, readStanding, endSignIn }: EntitlementNeeds,
): Entitlements {
  const { db } = parts.store;
  const keys = createKeyRing(parts);

  return {
    keys,

    async issue(caller, proof) {
      const now = parts.now();
      const { accountId } = caller;
      const proven = await readDeviceProof(proof, now);
      await keepUp();
      // Counted, then read under the count's lock: a higher `seq` always tells of a later standing,
      // so that nothing older than a refund can pass for newer.
      const { seq, standing } = await db.transaction(async (queries) => {
        const seq = await nextSeq(queries, accountId);
        await seeDevice(queries, caller, proven, new Date(now));
        return { seq, standing: await readStanding(accountId, queries) };
      });
      const { thumbprint, nonce } = proven;
      const claims = claimsOf(standing, { accountId, thumbprint, nonce, seq, now }, parts);
      const { kid, key } = await keys.signer();
      const token = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'EdDSA', typ: tokenType, kid })
        .sign(key);
      return { token, subscription: standing.answer };
    },

    devices: (accountId) => listDevices(db, accountId),

    async removeDevice(accountId, deviceId) {
      const signInId = await dropDevice(db, accountId, deviceId);
      if (signInId === null) throw new Refusal('not_found', 'There is no such device');
      await endSignIn(signInId);
    },

    async exportOf(accountId) {
      const [row] = await db.select().from(counts).where(eq(counts.accountId, accountId));
      return { devices: await listDevices(db, accountId), entitlementsIssued: row?.seq ?? 0 };
    },
  };
}

/** Holds the account's row until the transaction ends. */
async function nextSeq(queries: Queries, accountId: string): Promise<number> {
  const [row] = await queries
    .insert(counts)
    .select(sql`SELECT id, 1 FROM accounts WHERE id = ${accountId}`)
    .onConflictDoUpdate({ target: counts.accountId, set: { seq: sql`${counts.seq} + 1` } })
    .returning({ seq: counts.seq });
  if (row === undefined) throw new Refusal('signed_out', 'The account was erased');
  return row.seq;
}
