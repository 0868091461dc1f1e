import { z } from 'zod';
import { DeviceName, Platform } from './account.ts';
import { SubscriptionAnswer } from './billing.ts';

/** The `typ` of what a device signs to show that it holds its key. */
export const proofType = 'refrain-device+jwt';
export const proofAudience = 'urn:refrain:service';
/** How far a device's clock may differ when it asks; a rolled-back one learns the time so. */
export const proofSkewSeconds = 400 * 86_400;

/**
 * What a device's proof states: a compact JWS (EdDSA) whose header holds the device's public key as
 * `jwk`. The nonce comes back in the token, so that an old answer can't stand in for a new one.
 */
export const ProofClaims = z.object({
  aud: z.literal(proofAudience),
  iat: z.int().min(0).max(1e11),
  nonce: z.string().min(16).max(100),
  device: z.object({ name: DeviceName, platform: Platform }),
});
export type ProofClaims = z.infer<typeof ProofClaims>;

export const EntitlementRequest = z.object({ proof: z.string().max(4096) });
export type EntitlementRequest = z.infer<typeof EntitlementRequest>;

export const EntitlementAnswer = z.object({
  /** A compact JWS of `Claims` (entitlement-token.ts). */
  token: z.string().max(8192),
  subscription: SubscriptionAnswer,
});
export type EntitlementAnswer = z.infer<typeof EntitlementAnswer>;

/** RFC 8037; the public halves of the keys that sign entitlements, the present one first. */
export const KeysAnswer = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string().length(43),
        kid: z.string().max(100),
      }),
    )
    .max(10),
});
export type KeysAnswer = z.infer<typeof KeysAnswer>;
