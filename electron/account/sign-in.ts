import { setTimeout as sleep } from 'node:timers/promises';
import { RefrainError } from '../../shared/errors.ts';
import { listenForCallback } from './callback-listener.ts';
import type { OAuth, Refusal, Tokens } from './oauth.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceDoor } from './service-door.ts';
import { createSignInTokens } from './sign-in-tokens.ts';

/** How an attempt to sign in ended, where nothing failed. */
export type SignInOutcome =
  | 'signed_in'
  /** By the listener: in the app, or on the page. */
  | 'cancelled'
  /** Nobody answered within the time that a sign-in may take. */
  | 'timed_out';

/** What the listener needs to sign in on another machine, or in any browser of this one. */
export interface DevicePrompt {
  /** As it is to be shown: `BCDF-GHJK`. */
  readonly userCode: string;
  /** Where the code is to be entered. */
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * The account's sign-in. One attempt runs at a time: a new one cancels the one before it.
 * Every method but `isSignedIn` throws RefrainError `service_unreachable` when no answer comes, and
 * `too_many` or `internal` where the service says so.
 */
export interface SignIn {
  /** Whether there is a sign-in to go on with. The service may have ended it all the same. */
  readonly isSignedIn: () => Promise<boolean>;
  /** Sends the listener to the system's browser; five minutes at most. */
  readonly inBrowser: (signal: AbortSignal) => Promise<SignInOutcome>;
  /** @param show told once, as soon as there is a code */
  readonly byDeviceCode: (
    show: (prompt: DevicePrompt) => void,
    signal: AbortSignal,
  ) => Promise<SignInOutcome>;
  /**
   * For `Authorization: Bearer`. It is renewed when due, by one request however many ask.
   * @returns null when signed out: never signed in, or ended by the service
   */
  readonly accessToken: () => Promise<string | null>;
  /** To be told that the service refused an access token: the next one is asked for anew. */
  readonly accessTokenRefused: (token: string) => void;
  /** Forgets the sign-in here whatever happens, and ends it at the service if that can be reached. */
  readonly signOut: () => Promise<void>;
  /** As `signOut`, for every device. @throws RefrainError as above: then nothing is changed */
  readonly signOutEverywhere: () => Promise<void>;
}

export interface SignInParts {
  readonly door: ServiceDoor;
  /** The `iss` of the service's sign-in: `signInIssuer` of service/api/sign-in.ts. */
  readonly issuer: string;
  readonly openInBrowser: (url: string) => Promise<void>;
  readonly secrets: Secrets;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects when aborted. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

const browserMilliseconds = 5 * 60_000;

/** Nothing is read or asked before a method is called. */
export function createSignIn({
  door,
  issuer,
  openInBrowser,
  secrets,
  now,
  wait = (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
}: SignInParts): SignIn {
  let current = new AbortController();
  let loading: Promise<OAuth> | null = null;
  const tokens = createSignInTokens({
    secrets,
    issuer,
    now,
    renew: async (refreshToken) => (await oauth()).renew(refreshToken),
  });

  function oauth(): Promise<OAuth> {
    loading ??= import('./oauth.ts').then(({ createOAuth }) => createOAuth(door, issuer));
    return loading;
  }

  /** Ends a sign-in that nobody holds any more, if the service can be reached. */
  async function revoke(refreshToken: string | null): Promise<void> {
    if (refreshToken === null) return;
    await (await oauth()).revoke(refreshToken).catch(() => undefined);
  }

  /** Runs an attempt with the pages open; a newer one, or the signal, ends it. */
  async function attempt(
    signal: AbortSignal,
    task: (origin: string, signal: AbortSignal) => Promise<SignInOutcome>,
  ): Promise<SignInOutcome> {
    if (signal.aborted) return 'cancelled';
    current.abort();
    const mine = new AbortController();
    current = mine;
    const either = AbortSignal.any([signal, mine.signal]);
    const origin = await door.openPages();
    try {
      return await task(origin, either);
    } catch (error) {
      if (either.aborted) return 'cancelled';
      throw error;
    } finally {
      mine.abort();
      await door.closePages();
    }
  }

  async function settle(answer: Tokens | Refusal, signal: AbortSignal): Promise<SignInOutcome> {
    if (typeof answer === 'string') return answer === 'denied' ? 'cancelled' : 'timed_out';
    if (signal.aborted) {
      await revoke(answer.refreshToken);
      return 'cancelled';
    }
    await revoke(await tokens.keep(answer));
    return 'signed_in';
  }

  async function goToBrowser(origin: string, signal: AbortSignal): Promise<SignInOutcome> {
    const { beginInBrowser, endInBrowser } = await oauth();
    const listener = await listenForCallback();
    try {
      const request = await beginInBrowser(origin, listener.redirectUri);
      const callback = listener.next(request.state, signal);
      const limit = wait(browserMilliseconds, signal).then(() => null);
      const came = Promise.race([callback, limit]);
      // Whichever comes second is nobody's concern any more, nor what comes when no browser opens.
      void Promise.allSettled([callback, limit, came]);
      await openInBrowser(request.url);
      const back = await came;
      if (back === null) return 'timed_out';
      let outcome: SignInOutcome = 'cancelled';
      try {
        outcome = await settle(await endInBrowser(request, back.url), signal);
      } finally {
        await back.answer(outcome === 'signed_in');
      }
      return outcome;
    } finally {
      listener.close();
    }
  }

  async function pollUntilDecided(
    show: (prompt: DevicePrompt) => void,
    signal: AbortSignal,
  ): Promise<SignInOutcome> {
    const { beginOnDevice, pollDevice } = await oauth();
    const request = await beginOnDevice();
    const { userCode, address, secondsLeft } = request;
    const expiresAt = now() + secondsLeft * 1000;
    show({ userCode, address, expiresAt });
    let secondsBetween = request.secondsBetween;
    for (let waited = 0; waited < secondsLeft; waited += secondsBetween) {
      await wait(secondsBetween * 1000, signal);
      const answer = await pollDevice(request).catch(whileUnreachable);
      // RFC 8628, 3.5: five seconds more for each time, and the same where the network failed.
      if (answer === 'slow_down') secondsBetween += 5;
      if (answer !== 'slow_down' && answer !== 'pending') return settle(answer, signal);
    }
    return 'timed_out';
  }

  return {
    isSignedIn: tokens.isSignedIn,
    inBrowser: (signal) => attempt(signal, goToBrowser),
    byDeviceCode: (show, signal) =>
      attempt(signal, (_origin, either) => pollUntilDecided(show, either)),
    accessToken: tokens.accessToken,
    accessTokenRefused: tokens.refused,
    async signOut() {
      current.abort();
      await revoke(await tokens.forget());
    },
    async signOutEverywhere() {
      const token = await tokens.accessToken();
      if (token === null) return;
      await endAll(door, token);
      await tokens.forget();
    },
  };
}

function whileUnreachable(error: unknown): Refusal {
  if (error instanceof RefrainError && error.code === 'service_unreachable') return 'slow_down';
  throw error;
}

async function endAll(door: ServiceDoor, token: string): Promise<void> {
  const response = await door.fetch(
    new Request(`${door.origin}/v1/sessions`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  // Who is refused is signed out already.
  if (response.ok || response.status === 401) return;
  throw new RefrainError('service_unreachable', `The service answered ${response.status}`);
}
