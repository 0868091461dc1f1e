import { z } from 'zod';

/** An Ed25519 key pair as a JWK (RFC 8037); `d` is its private part. */
export const SigningKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().length(43),
  d: z.string().length(43),
});
export type SigningKey = z.infer<typeof SigningKey>;
export type PublicKey = Omit<SigningKey, 'd'>;

// `jose` is loaded at first use here and beside: a listener without a token never waits for it.

export async function makeSigningKey(): Promise<SigningKey> {
  const { exportJWK, generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return SigningKey.parse(await exportJWK(privateKey));
}

export function publicPart({ kty, crv, x }: SigningKey): PublicKey {
  return { kty, crv, x };
}

/** RFC 7638: the same for the public part and for the pair. */
export async function thumbprint(key: PublicKey): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose');
  return calculateJwkThumbprint(key);
}
