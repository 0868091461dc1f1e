import { and, count, desc, eq } from 'drizzle-orm';
import type { Device } from '../api/account.ts';
import type { Caller } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { Queries } from '../store.ts';
import type { ProvenDevice } from './device-proof.ts';
import { devices } from './tables.ts';

const mostDevices = 10;

/**
 * Notes that a device asked. The caller holds the account's lock, so that the count holds.
 * @throws {Refusal} not_now, for one too many
 */
export async function seeDevice(
  queries: Queries,
  { accountId, signInId }: Caller,
  { thumbprint, device: { name, platform } }: ProvenDevice,
  seenAt: Date,
): Promise<void> {
  const seen = await queries
    .update(devices)
    .set({ name, platform, signInId, seenAt })
    .where(and(eq(devices.accountId, accountId), eq(devices.thumbprint, thumbprint)))
    .returning({ thumbprint: devices.thumbprint });
  if (seen.length > 0) return;
  const [before] = await queries
    .select({ count: count() })
    .from(devices)
    .where(eq(devices.accountId, accountId));
  if ((before?.count ?? 0) >= mostDevices) {
    throw new Refusal('not_now', `There are ${mostDevices} devices already: remove one first`);
  }
  await queries
    .insert(devices)
    .values({ accountId, thumbprint, name, platform, signInId, addedAt: seenAt, seenAt });
}

/** The one that asked last comes first. */
export async function listDevices(queries: Queries, accountId: string): Promise<Device[]> {
  const rows = await queries
    .select()
    .from(devices)
    .where(eq(devices.accountId, accountId))
    .orderBy(desc(devices.seenAt));
  return rows.map(({ thumbprint, name, platform, addedAt, seenAt }) => ({
    id: thumbprint,
    name,
    platform,
    addedAt: addedAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }));
}

/** @returns the sign-in by which it asked; null when there is no such device */
export async function dropDevice(
  queries: Queries,
  accountId: string,
  thumbprint: string,
): Promise<string | null> {
  const [row] = await queries
    .delete(devices)
    .where(and(eq(devices.accountId, accountId), eq(devices.thumbprint, thumbprint)))
    .returning({ signInId: devices.signInId });
  return row?.signInId ?? null;
}
