import type { CompactJWSHeaderParameters } from 'jose';
import { Claims, tokenType } from '../../service/api/entitlement-token.ts';
import type { Environment } from '../../service/api/entitlement-token.ts';
import type { PublicKey } from './signing-key.ts';

export interface TokenRules {
  readonly issuer: string;
  readonly environments: readonly Environment[];
  /** The pinned keys by `kid`; a token never brings its own. */
  readonly keys: ReadonlyMap<string, PublicKey>;
  readonly deviceThumbprint: string;
  /** The highest `seq` seen: lower ones were replaced, by a refund for example. */
  readonly lowestSeq: number;
  /** Trusted time in milliseconds since 1970. */
  readonly now: number;
}

export type Refusal =
  | 'signature'
  | 'type'
  | 'claims'
  | 'issuer'
  | 'environment'
  | 'device'
  | 'replayed'
  | 'not_yet_valid';

export type Verdict =
  | { readonly accepted: true; readonly claims: Claims }
  | { readonly accepted: false; readonly refusal: Refusal };

const longestToken = 8192;
/** How far the issuer's clock may be ahead of the trusted time. */
const clockSkewSeconds = 60;

/**
 * Whether the token was made by the issuer for this device and replaces nothing newer. How long it
 * lasts is not judged here, since an expired token still counts in offline grace: see `standing`.
 */
export async function verifyToken(token: string, rules: TokenRules): Promise<Verdict> {
  const signed = await readSigned(token, rules.keys);
  if (signed === null) return refuse('signature');
  if (signed.type !== tokenType) return refuse('type');
  const checked = Claims.safeParse(signed.payload);
  if (!checked.success) return refuse('claims');
  const claims = checked.data;
  if (claims.iss !== rules.issuer) return refuse('issuer');
  if (!rules.environments.includes(claims.env)) return refuse('environment');
  if (claims.cnf.jkt !== rules.deviceThumbprint) return refuse('device');
  if (claims.seq < rules.lowestSeq) return refuse('replayed');
  if (claims.nbf > rules.now / 1000 + clockSkewSeconds) return refuse('not_yet_valid');
  return { accepted: true, claims };
}

async function readSigned(
  token: string,
  keys: ReadonlyMap<string, PublicKey>,
): Promise<{ readonly type: string | undefined; readonly payload: unknown } | null> {
  if (token.length > longestToken) return null;
  const { compactVerify, importJWK } = await import('jose');
  try {
    // SECURITY: one algorithm, so that neither `none` nor a public key taken for an HMAC secret passes.
    const { payload, protectedHeader } = await compactVerify(
      token,
      (header) => importJWK(pinned(header, keys), 'EdDSA'),
      {
        algorithms: ['EdDSA'],
      },
    );
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return { type: protectedHeader.typ, payload: JSON.parse(text) };
  } catch {
    return null;
  }
}

function pinned(
  header: CompactJWSHeaderParameters,
  keys: ReadonlyMap<string, PublicKey>,
): PublicKey {
  const key = keys.get(header.kid ?? '');
  if (key === undefined) throw new Error('The token names no pinned key');
  return key;
}

function refuse(refusal: Refusal): Verdict {
  return { accepted: false, refusal };
}
