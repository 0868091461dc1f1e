import { z } from 'zod';

/** How the next breaks turn out, by a tester's choice. The panel and docs/qa.md name them alike. */
export const QaAdOutcome = /* @__PURE__ */ z.enum([
  'usual',
  'plays',
  'no_ad',
  'slow',
  'malformed',
  'media_missing',
  'wrong_type',
  'expired',
  'blocked_host',
  'silent',
]);
export type QaAdOutcome = z.infer<typeof QaAdOutcome>;

/** What the QA panel shows. */
export interface QaView {
  /** ISO time. */
  readonly clock: string;
  readonly outcome: QaAdOutcome;
  readonly reachable: boolean;
  /** Null: the session is not loaded yet. */
  readonly standing: BreakStanding | null;
}

/** Why a break is due or is not. Times in seconds of audible music, but for the session's. */
export interface BreakStanding {
  readonly verdict:
    | 'ad_free'
    | 'playing'
    | 'quiet'
    | 'not_enough_music'
    | 'session_too_young'
    | 'cap_of_the_hour'
    /** Due, and what lies ahead is the inside of an album. */
    | 'waits_for_album'
    | 'waits_for_rest'
    /** Due, and it comes with the end of what plays. */
    | 'next_boundary';
  readonly audibleSeconds: number;
  readonly sessionSeconds: number;
  readonly quietSeconds: number;
  readonly spotSecondsThisHour: number;
  readonly pod: 'none' | 'asked' | 'ready' | 'playing';
}
