import { EmbeddedJWK, calculateJwkThumbprint, compactVerify } from 'jose';
import { z } from 'zod';
import { ProofClaims, proofSkewSeconds, proofType } from '../api/entitlement.ts';
import { Refusal } from '../refusal.ts';

export interface ProvenDevice {
  readonly thumbprint: string;
  readonly nonce: string;
  readonly device: ProofClaims['device'];
}

/** `d` would be the device's private key, which is nobody's business. */
const DeviceKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().length(43),
});

/**
 * Whoever sends a proof holds the private part of the key that it names.
 * @param proof a compact JWS of `ProofClaims`
 * @param now milliseconds since 1970
 * @throws {Refusal} invalid
 */
export async function readDeviceProof(proof: string, now: number): Promise<ProvenDevice> {
  const { key, payload } = await verified(proof);
  const claims = ProofClaims.safeParse(payload);
  if (!claims.success) throw refused('its claims');
  const { iat, nonce, device } = claims.data;
  if (Math.abs(iat - now / 1000) > proofSkewSeconds) throw refused('its time');
  return { thumbprint: await calculateJwkThumbprint(key), nonce, device };
}

async function verified(proof: string) {
  try {
    // SECURITY: one algorithm, so that neither `none` nor a public key taken for an HMAC secret passes.
    const { payload, protectedHeader } = await compactVerify(proof, EmbeddedJWK, {
      algorithms: ['EdDSA'],
    });
    if (protectedHeader.typ !== proofType) throw refused('its type');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    const claims: unknown = JSON.parse(text);
    return { key: DeviceKey.parse(protectedHeader.jwk), payload: claims };
  } catch (cause) {
    throw refused('its signature', cause);
  }
}

function refused(what: string, cause?: unknown): Refusal {
  return new Refusal('invalid', `The device's proof is not accepted: ${what}`, { cause });
}
