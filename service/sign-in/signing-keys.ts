import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import type { ServiceParts } from '../parts.ts';
import { seal, unseal } from '../seal.ts';
import { keys } from './tables.ts';

const SignInKeys = z.object({
  /** Ed25519 (RFC 8037), for ID tokens. */
  signing: z.object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    d: z.string(),
  }),
  /** Signs cookies and the tokens of forms. */
  cookies: z.string().min(40),
});
export type SignInKeys = z.infer<typeof SignInKeys>;

const name = 'sign-in';

/**
 * Reads the keys of the sign-in, or makes them. Sealed ones that can't be opened any more are
 * replaced: that ends what is under way in browsers, and no sign-in.
 */
export async function readSignInKeys(
  parts: Pick<ServiceParts, 'store' | 'sealingKey' | 'log'>,
): Promise<SignInKeys> {
  const { db } = parts.store;
  const kept = await readKept();
  if (kept.opened !== null) return kept.opened;
  if (kept.sealed !== null) {
    parts.log.info('The keys of the sign-in were sealed by another key: they are made anew');
    await db.delete(keys).where(eq(keys.sealed, kept.sealed));
  }
  // Several instances may begin at once: the first one's keys count.
  const sealed = seal(parts.sealingKey, name, JSON.stringify(await makeKeys()));
  await db.insert(keys).values({ name, sealed }).onConflictDoNothing();
  const { opened } = await readKept();
  if (opened === null) throw new Error('The keys of the sign-in can not be read back');
  return opened;

  async function readKept() {
    const [row] = await db.select().from(keys).where(eq(keys.name, name));
    if (row === undefined) return { sealed: null, opened: null };
    const text = unseal(parts.sealingKey, name, row.sealed);
    const opened = text === null ? null : SignInKeys.parse(JSON.parse(text));
    return { sealed: row.sealed, opened };
  }
}

async function makeKeys(): Promise<SignInKeys> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return SignInKeys.parse({
    signing: await exportJWK(privateKey),
    cookies: randomBytes(32).toString('base64url'),
  });
}
