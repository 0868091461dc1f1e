/** The closed list of what can go wrong as a whole; words for each live in `words/`. */
export type ErrorCode =
  | 'invalid' // the request is not of the contract's shape
  | 'not_found' // the thing named is not there (any more)
  | 'not_allowed' // the tier has not the feature; `detail` names it
  | 'unavailable' // a part that is needed is away or starting again
  | 'newer_database' // the library was written by a newer Refrain
  | 'damaged' // a file of ours can't be read
  | 'signed_out' // the account service wants to know who asks
  | 'taken' // someone else has it: an address, a name
  | 'not_now' // right at another time: the thing is in no state for it
  | 'too_many' // asked too often; later again
  | 'service_unreachable' // the account service gave no answer
  | 'internal'; // a fault of ours; the log has its cause

/** A total failure that crosses a boundary. Partial failures are data, never this. */
export class RefrainError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, message: string, options?: { detail?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RefrainError';
    this.code = code;
    this.detail = options?.detail;
  }
}

/** Names the impossible: a switch that misses a case does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
