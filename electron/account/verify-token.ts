import { Claims, tokenType } from '../../service/api/entitlement-token.ts';
import type { Environment } from '../../service/api/entitlement-token.ts';
import type { PublicKey } from './signing-key.ts';

/** Somebody whose word on the tier is taken: a service, or in QA builds a tester. */
export interface TrustedIssuer {
  /** The `iss` of its tokens. */
  readonly name: string;
  /** The `env` of its tokens. */
  readonly environment: Environment;
  /** Its pinned keys by `kid`: the present one and, around a change of keys, the next. */
  readonly keys: ReadonlyMap<string, PublicKey>;
}

export interface TokenRules {
  readonly issuers: readonly TrustedIssuer[];
  readonly deviceThumbprint: string;
  /** Trusted time in milliseconds since 1970. */
  readonly now: number;
}

export type Refusal =
  'signature' | 'type' | 'claims' | 'issuer' | 'environment' | 'device' | 'not_yet_valid';

export type Verdict =
  | { readonly accepted: true; readonly claims: Claims }
  | { readonly accepted: false; readonly refusal: Refusal };

const longestToken = 8192;
/** How far the issuer's clock may be ahead of the trusted time. */
const clockSkewSeconds = 60;

/**
 * Whether the token was made by a trusted issuer for this device. Not judged here: whether it
 * replaces something newer (`entitlements.ts`), and how long it lasts, since an expired token still
 * counts in offline grace (`standing.ts`).
 */
export async function verifyToken(token: string, rules: TokenRules): Promise<Verdict> {
  const signed = await readSigned(token, rules.issuers);
  if (signed === null) return refuse('signature');
  if (signed.type !== tokenType) return refuse('type');
  const checked = Claims.safeParse(signed.payload);
  if (!checked.success) return refuse('claims');
  const claims = checked.data;
  if (claims.iss !== signed.issuer.name) return refuse('issuer');
  if (claims.env !== signed.issuer.environment) return refuse('environment');
  if (claims.cnf.jkt !== rules.deviceThumbprint) return refuse('device');
  if (claims.nbf > rules.now / 1000 + clockSkewSeconds) return refuse('not_yet_valid');
  return { accepted: true, claims };
}

interface Signed {
  /** Whose key it was signed by. */
  readonly issuer: TrustedIssuer;
  readonly type: string | undefined;
  readonly payload: unknown;
}

async function readSigned(
  token: string,
  issuers: readonly TrustedIssuer[],
): Promise<Signed | null> {
  if (token.length > longestToken) return null;
  const { compactVerify, decodeProtectedHeader, importJWK } = await import('jose');
  try {
    const signer = signerOf(decodeProtectedHeader(token), issuers);
    // SECURITY: one algorithm, so that neither `none` nor a public key taken for an HMAC secret passes.
    const { payload, protectedHeader } = await compactVerify(
      token,
      await importJWK(signer.key, 'EdDSA'),
      { algorithms: ['EdDSA'] },
    );
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return { issuer: signer.issuer, type: protectedHeader.typ, payload: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** A token names its key and never brings it. */
function signerOf(
  { kid = '' }: { readonly kid?: unknown },
  issuers: readonly TrustedIssuer[],
): { readonly issuer: TrustedIssuer; readonly key: PublicKey } {
  for (const issuer of issuers) {
    const key = issuer.keys.get(String(kid));
    if (key !== undefined) return { issuer, key };
  }
  throw new Error('The token names no pinned key');
}

function refuse(refusal: Refusal): Verdict {
  return { accepted: false, refusal };
}
