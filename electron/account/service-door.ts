/**
 * The way to the account service, wherever it runs: in a process of this app, or at an address. A
 * request's address is `origin` and a path of the service; main alone goes through here.
 */
export interface ServiceDoor {
  /** Where requests go: the service's own address, or a stand-in for the one inside the app. */
  readonly origin: string;
  /**
   * @returns an answer of at most 4 MiB
   * @throws RefrainError `service_unreachable` when there is none within half a minute
   */
  readonly fetch: (request: Request) => Promise<Response>;
  /**
   * Lets a browser see the service's pages until `closePages`; each opening needs its closing.
   * @returns the origin under which it sees them
   * @throws RefrainError `service_unreachable`
   */
  readonly openPages: () => Promise<string>;
  readonly closePages: () => Promise<void>;
}

export const mostAnswerBytes = 4 * 1024 * 1024;
export const longestAnswerMilliseconds = 30_000;
