import type { Secrets } from './secrets.ts';
import type { ServiceDoor } from './service-door.ts';

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
}
