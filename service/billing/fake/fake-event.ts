import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { PlanId } from '../../api/billing.ts';
import { Refusal } from '../../refusal.ts';
import type { Subscription } from '../subscription.ts';

const Time = z.number().min(-8.64e15).max(8.64e15);

/** A subscription as the fake provider tells of it. */
export const Told = z.object({
  id: z.string().max(100),
  accountId: z.uuid(),
  version: z.int().min(1),
  plan: PlanId,
  startedAt: Time,
  isTrial: z.boolean(),
  paidUntil: Time,
  renewal: z.enum(['renews', 'cancelled', 'paused']),
  ended: z.boolean(),
  reversal: z.object({ kind: z.enum(['refunded', 'disputed']), at: Time }).nullable(),
}) satisfies z.ZodType<Subscription>;

/** The body of a webhook. A reader passes over types that it doesn't know. */
const Body = z.object({
  id: z.string().min(1).max(100),
  type: z.string().min(1).max(100),
  subscription: Told.optional().catch(undefined),
});

export const signatureHeader = 'fake-signature';
/** How old a signature may be: whoever overheard one can't send it again later. */
const toleranceSeconds = 300;

export function eventBody(type: string, subscription: Subscription): string {
  return JSON.stringify({ id: `evt_${randomUUID()}`, type, subscription });
}

export function webhookSecret(sealingKey: Uint8Array): Uint8Array {
  return createHmac('sha256', sealingKey).update('fake payments').digest();
}

/** As Stripe signs: the time, and a MAC over time and body. @param now milliseconds since 1970 */
export function sign(body: string, secret: Uint8Array, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${mac(seconds, body, secret)}`;
}

/** @throws {Refusal} invalid, for what was not signed, not with this secret, or not just now */
export function openSigned(
  body: string,
  signature: string | null,
  secret: Uint8Array,
  now: number,
): z.infer<typeof Body> {
  const [, seconds, given] = /^t=(\d{1,12}),v1=([\da-f]{64})$/.exec(signature ?? '') ?? [];
  if (seconds === undefined || given === undefined) throw refused('has no signature');
  const expected = mac(Number(seconds), body, secret);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
    throw refused('was not signed so');
  if (Math.abs(now / 1000 - Number(seconds)) > toleranceSeconds)
    throw refused('is of another time');
  const parsed = Body.safeParse(jsonOf(body));
  if (!parsed.success) throw refused('does not read as an event');
  return parsed.data;
}

function mac(seconds: number, body: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refused(why: string): Refusal {
  return new Refusal('invalid', `The webhook ${why}`);
}
