import { proofAudience, proofType, type ProofClaims } from '../../service/api/entitlement.ts';
import type { Secrets } from './secrets.ts';
import { readSecret, writeSecret } from './secrets.ts';
import { SigningKey, makeSigningKey, publicPart } from './signing-key.ts';

const secretName = 'device-key';

/** @returns null when there is none yet, or it can't be unlocked any more */
export function readDeviceKey(secrets: Secrets): Promise<SigningKey | null> {
  return readSecret(secrets, secretName, SigningKey);
}

export async function readOrMakeDeviceKey(secrets: Secrets): Promise<SigningKey> {
  const kept = await readDeviceKey(secrets);
  if (kept !== null) return kept;
  const made = await makeSigningKey();
  await writeSecret(secrets, secretName, made);
  return made;
}

/**
 * What shows the service that it is this device that asks.
 * @param now milliseconds since 1970
 */
export async function proveDevice(
  key: SigningKey,
  { device, nonce, now }: Pick<ProofClaims, 'device' | 'nonce'> & { readonly now: number },
): Promise<string> {
  const claims: ProofClaims = { aud: proofAudience, iat: Math.floor(now / 1000), nonce, device };
  const { CompactSign, importJWK } = await import('jose');
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ: proofType, jwk: publicPart(key) })
    .sign(await importJWK(key, 'EdDSA'));
}
