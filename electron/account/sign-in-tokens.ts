import { z } from 'zod';
import type { Refusal, Tokens } from './oauth.ts';
import type { Secrets } from './secrets.ts';
import { readSecret, writeSecret } from './secrets.ts';

/** The tokens of this profile's sign-in. */
export interface SignInTokens {
  readonly isSignedIn: () => Promise<boolean>;
  /** @returns null when signed out. @throws RefrainError as the renewing does: nothing is lost then */
  readonly accessToken: () => Promise<string | null>;
  readonly refused: (accessToken: string) => void;
  /** @returns the refresh token that was replaced, as `forget` does */
  readonly keep: (tokens: Tokens) => Promise<string | null>;
  /** @returns the refresh token that was forgotten, to be taken back by the service */
  readonly forget: () => Promise<string | null>;
}

export interface SignInTokensParts {
  readonly secrets: Secrets;
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly renew: (refreshToken: string) => Promise<Tokens | Refusal>;
}

/**
 * What outlasts the app. Each use of a refresh token gives another, and a second use of one ends the
 * sign-in, since then somebody else has it too. If the app dies after the service has answered and
 * before the new one is written, or the answer is lost on its way, the next renewal is such a second
 * use: this sign-in ends, those on other machines don't, and premium goes on by the entitlement that
 * is here until the listener has signed in again.
 */
const Kept = z
  .object({ issuer: z.string().max(200), refreshToken: z.string().max(4096) })
  .nullable();

const secretName = 'sign-in';
/** Renewed that long before its end, so that none expires on its way. */
const marginMilliseconds = 60_000;

/** An access token, in memory alone. */
interface Held {
  readonly token: string;
  readonly since: number;
  readonly until: number;
}

export function createSignInTokens({
  secrets,
  issuer,
  now,
  renew,
}: SignInTokensParts): SignInTokens {
  let held: Held | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  /** One at a time, since a refresh token is good for one use. */
  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }

  async function keptToken(): Promise<string | null> {
    const kept = await readSecret(secrets, secretName, Kept);
    // SECURITY: a token of one service is never sent to another.
    return kept?.issuer === issuer ? kept.refreshToken : null;
  }

  async function keep({ accessToken, refreshToken, secondsLeft }: Tokens): Promise<void> {
    await writeSecret(secrets, secretName, { issuer, refreshToken });
    held = { token: accessToken, since: now(), until: now() + secondsLeft * 1000 };
  }

  async function forget(): Promise<string | null> {
    held = null;
    const refreshToken = await keptToken();
    if (refreshToken !== null) await writeSecret(secrets, secretName, null);
    return refreshToken;
  }

  /** A clock that went back says nothing of how old the token is. */
  function isGood({ since, until }: Held): boolean {
    return now() >= since && now() < until - marginMilliseconds;
  }

  return {
    isSignedIn: async () => (await keptToken()) !== null,
    accessToken: () =>
      inTurn(async () => {
        if (held !== null && isGood(held)) return held.token;
        const refreshToken = await keptToken();
        if (refreshToken === null) return null;
        const renewed = await renew(refreshToken);
        if (typeof renewed === 'string') {
          await forget();
          return null;
        }
        await keep(renewed);
        return renewed.accessToken;
      }),
    refused(accessToken) {
      if (held?.token === accessToken) held = null;
    },
    keep: (tokens) =>
      inTurn(async () => {
        const before = await keptToken();
        await keep(tokens);
        return before;
      }),
    forget: () => inTurn(forget),
  };
}
