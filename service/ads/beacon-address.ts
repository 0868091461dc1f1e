import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type BeaconEvent, Label } from '../api/ads.ts';

/** One serving of an ad, as its beacons' addresses state it: nothing is stored when it is decided. */
export const Serving = z.object({
  id: z.uuid(),
  campaignId: Label,
  creativeId: Label,
  /** Seconds since 1970. */
  issuedAt: z.int().min(0).max(1e11),
  /** Of the sound. */
  seconds: z.number().positive().max(600),
});
export type Serving = z.infer<typeof Serving>;

export interface BeaconAddresses {
  readonly of: (serving: Serving, event: BeaconEvent) => string;
  /** @returns what was signed; null when the signature is not ours or for another serving */
  readonly check: (id: string, signature: string) => Serving | null;
}

export const longestSignature = 500;

/** @param sealingKey the same for all processes of the service, which check what another signed */
export function createBeaconAddresses(
  sealingKey: Uint8Array,
  origin: () => string,
): BeaconAddresses {
  const key = Buffer.from(hkdfSync('sha256', sealingKey, '', 'refrain ad beacons', 32));

  function macOf(id: string, facts: string): Buffer {
    return createHmac('sha256', key).update(`${id}.${facts}`).digest();
  }

  return {
    of(serving, event) {
      const facts = write(serving);
      const mac = macOf(serving.id, facts).toString('base64url');
      return `${origin()}/v1/beacons/${serving.id}/${event}?sig=${facts}.${mac}`;
    },
    check(id, signature) {
      const [facts, mac, ...more] = signature.split('.');
      if (facts === undefined || mac === undefined || more.length > 0) return null;
      const [given, wanted] = [Buffer.from(mac, 'base64url'), macOf(id, facts)];
      const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted);
      return isOurs ? read(id, facts) : null;
    },
  };
}

function write({ campaignId, creativeId, issuedAt, seconds }: Serving): string {
  const facts = [campaignId, creativeId, issuedAt, seconds];
  return Buffer.from(JSON.stringify(facts)).toString('base64url');
}

const Facts = z.tuple([z.unknown(), z.unknown(), z.unknown(), z.unknown()]);

function read(id: string, facts: string): Serving | null {
  const [campaignId, creativeId, issuedAt, seconds] = Facts.parse(
    JSON.parse(Buffer.from(facts, 'base64url').toString('utf8')),
  );
  const checked = Serving.safeParse({ id, campaignId, creativeId, issuedAt, seconds });
  return checked.success ? checked.data : null;
}
