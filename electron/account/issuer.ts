import type { Environment } from '../../service/api/entitlement-token.ts';
import type { PublicKey } from './signing-key.ts';

export type IssuerRequest =
  | { readonly kind: 'refresh' }
  | { readonly kind: 'subscribe'; readonly plan: 'trial' | 'monthly' }
  | { readonly kind: 'cancel' };

/** What a token is made for. */
export interface TokenOccasion {
  readonly deviceThumbprint: string;
  /** Comes back in the token, so that an old answer can't stand in for a new one. */
  readonly nonce: string;
  /** Milliseconds since 1970; for an issuer that has no better clock than this machine's. */
  readonly now: number;
}

/** Who decides the tier and signs it. The account trusts one issuer: the one it was given. */
export interface Issuer {
  /** The `iss` of its tokens. */
  readonly name: string;
  /** The environments it may sign for, its usual one first. */
  readonly environments: readonly [Environment, ...Environment[]];
  /** By `kid`: the present key and, around a change of keys, the next. */
  readonly keys: () => Promise<ReadonlyMap<string, PublicKey>>;
  /** @returns a token; null when the issuer can't be reached */
  readonly ask: (request: IssuerRequest, occasion: TokenOccasion) => Promise<string | null>;
}
