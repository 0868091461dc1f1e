import { and, eq, gt, lte, or, ne } from 'drizzle-orm';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
} from 'jose';
import { z } from 'zod';
import type { KeysAnswer } from '../api/entitlement.ts';
import type { ServiceParts } from '../parts.ts';
import { seal, unseal } from '../seal.ts';
import type { Queries } from '../store.ts';
import { keys } from './tables.ts';

/**
 * The keys that sign entitlements. One is current; the next one is published long before it signs,
 * so that players know it by then; retired ones stay published while tokens of theirs may live.
 */
export interface KeyRing {
  readonly signer: () => Promise<Signer>;
  readonly published: () => Promise<KeysAnswer>;
  /** Lets the next key follow at once. It follows by itself after a year. */
  readonly rotate: () => Promise<void>;
}

export interface Signer {
  readonly kid: string;
  readonly key: CryptoKey;
}

const day = 86_400_000;
/** A build of the player pins the current key and the next: it trusts us for a year at least. */
const rotateAfterMilliseconds = 365 * day;
/** A token counts offline for 30 days, and an instance may sign with what it remembers. */
const publishedAfterMilliseconds = 31 * day;
const rememberedMilliseconds = 60_000;
/** The answer's bound: current, next, and the newest retired ones. */
const mostPublished = 10;
/** Keys of testers begin so; none of ours may. */
const testersPrefix = 'qa-';

const PrivateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().length(43),
  d: z.string().length(43),
});

type KeyRow = typeof keys.$inferSelect;

export function createKeyRing({
  store: { db },
  now,
  sealingKey,
  log,
}: Pick<ServiceParts, 'store' | 'now' | 'sealingKey' | 'log'>): KeyRing {
  let remembered: { readonly signer: Signer; readonly at: number } | null = null;

  async function current(): Promise<KeyRow> {
    const row = await readCurrent(db);
    if (row !== undefined) return row;
    // Several instances may begin at once: the first one's keys count.
    await db
      .insert(keys)
      .values(await makeKey('current'))
      .onConflictDoNothing();
    await db
      .insert(keys)
      .values(await makeKey('next'))
      .onConflictDoNothing();
    const made = await readCurrent(db);
    if (made === undefined) throw new Error('The keys just made are gone');
    return made;
  }

  /** Several may ask for it at once: whoever finds `from` retired already does nothing. */
  async function follow(from: string, next: 'promote' | 'replace'): Promise<void> {
    const made = await makeKey('next');
    const madeToo = await makeKey('current');
    await db.transaction(async (queries) => {
      const since = new Date(now());
      const retired = await queries
        .update(keys)
        .set({ state: 'retired', since })
        .where(and(eq(keys.kid, from), eq(keys.state, 'current')))
        .returning({ kid: keys.kid });
      if (retired.length === 0) return;
      await queries
        .update(keys)
        .set({ state: next === 'promote' ? 'current' : 'retired', since })
        .where(eq(keys.state, 'next'));
      if (next === 'replace') await queries.insert(keys).values(madeToo);
      await queries.insert(keys).values(made);
      const ended = new Date(now() - publishedAfterMilliseconds);
      await queries.delete(keys).where(and(eq(keys.state, 'retired'), lte(keys.since, ended)));
    });
  }

  async function makeKey(state: 'current' | 'next'): Promise<KeyRow> {
    for (;;) {
      const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
      const jwk = PrivateKey.parse(await exportJWK(privateKey));
      const kid = await calculateJwkThumbprint(jwk);
      if (kid.startsWith(testersPrefix)) continue;
      const sealed = seal(sealingKey, purposeOf(kid), JSON.stringify(jwk));
      return { kid, x: jwk.x, sealed, state, since: new Date(now()) };
    }
  }

  async function open({ kid, sealed }: KeyRow): Promise<Signer | null> {
    const text = unseal(sealingKey, purposeOf(kid), sealed);
    if (text === null) return null;
    const key = await importJWK(PrivateKey.parse(JSON.parse(text)), 'EdDSA');
    if (key instanceof Uint8Array) throw new TypeError('An Ed25519 key is no secret');
    return { kid, key };
  }

  return {
    async signer() {
      if (remembered !== null && Math.abs(now() - remembered.at) < rememberedMilliseconds) {
        return remembered.signer;
      }
      let row = await current();
      if (now() >= row.since.getTime() + rotateAfterMilliseconds) {
        await follow(row.kid, 'promote');
        row = await current();
      }
      let signer = await open(row);
      if (signer === null) {
        log.info('The keys of entitlements were sealed by another key: they are made anew');
        await follow(row.kid, 'replace');
        signer = await open(await current());
      }
      if (signer === null) throw new Error('The keys of entitlements can not be read back');
      remembered = { signer, at: now() };
      return signer;
    },

    async published() {
      await current();
      const living = new Date(now() - publishedAfterMilliseconds);
      const rows = await db
        .select({ kid: keys.kid, x: keys.x, state: keys.state, since: keys.since })
        .from(keys)
        .where(or(ne(keys.state, 'retired'), gt(keys.since, living)));
      const shown = rows.sort(
        (one, other) =>
          order[one.state] - order[other.state] || other.since.getTime() - one.since.getTime(),
      );
      return {
        keys: shown
          .slice(0, mostPublished)
          .map(({ kid, x }) => ({ kty: 'OKP', crv: 'Ed25519', x, kid })),
      };
    },

    async rotate() {
      remembered = null;
      await follow((await current()).kid, 'promote');
    },
  };
}

const order = { current: 0, next: 1, retired: 2 } as const;

async function readCurrent(db: Queries): Promise<KeyRow | undefined> {
  const [row] = await db.select().from(keys).where(eq(keys.state, 'current'));
  return row;
}

function purposeOf(kid: string): string {
  return `entitlement key ${kid}`;
}
