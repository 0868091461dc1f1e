import type { QaPaymentAct, QaTier } from '../account.ts';
import type { BreakStanding, QaAdOutcome } from '../qa.ts';

/** What testers read, apart so that release builds are without it. */
export const qaWords = {
  badge: 'QA',
  title: 'QA',
  account: 'This is a QA build: its tiers are for testers.',
  tier: 'Tier',
  tiers: {
    free: true,
    premium: true,
    trial: true,
    past_due: true,
    offline_grace: true,
    expired: true,
    cancel_at_period_end: true,
    paused: true,
    refunded: true,
    disputed: true,
  } satisfies Record<QaTier, true>,
  clock: 'Clock',
  moved: (minutes: number) => `${minutes < 0 ? '−' : '+'}${spanOf(Math.abs(minutes))}`,
  breaks: 'Breaks',
  dueNow: 'Break due now',
  earn: 'Earn 30 quiet minutes',
  quiet: (minutes: number) => `${minutes} quiet minutes`,
  outcome: 'Next ads',
  outcomes: {
    usual: 'As usual',
    plays: 'Plays',
    no_ad: 'No ad',
    slow: 'Slow',
    malformed: 'Malformed',
    media_missing: 'Media missing',
    wrong_type: 'Wrong type',
    expired: 'Expired',
    blocked_host: 'Blocked host',
    silent: 'No sound loads',
  } satisfies Record<QaAdOutcome, string>,
  payments: 'Payments',
  acts: {
    cancel: 'Cancel',
    resume: 'Resume',
    pause: 'Pause',
    end: 'End at once',
    end_period: 'End the period',
    refund: 'Refund',
    dispute: 'Dispute',
    refuse_card: 'Refuse the card',
    accept_card: 'Accept the card',
  } satisfies Record<QaPaymentAct, string>,
  service: 'Account service',
  reachable: 'Reachable',
  unreachable: 'Unreachable',
  standing: (standing: BreakStanding | null) => (standing === null ? '' : standingOf(standing)),
};

const verdicts: Readonly<Record<BreakStanding['verdict'], string>> = {
  ad_free: 'No break: this tier has none',
  playing: 'A break plays',
  quiet: 'No break: quiet minutes are left',
  not_enough_music: 'Not due: 15 min of music first',
  session_too_young: 'Not due: the session is under 5 min old',
  cap_of_the_hour: 'Not due: 180 s of ads were heard this hour',
  waits_for_album: 'Due; waits for the end of the album',
  waits_for_rest: 'Due; waits for a rest',
  next_boundary: 'Due; comes when this track ends',
};

function standingOf(standing: BreakStanding): string {
  const { audibleSeconds, sessionSeconds, spotSecondsThisHour, pod } = standing;
  const music = Math.floor(audibleSeconds / 60);
  const session = Math.floor(sessionSeconds / 60);
  const ads = Math.round(spotSecondsThisHour);
  return `${verdicts[standing.verdict]} (music ${music} min, session ${session} min, ads ${ads} s, pod ${pod})`;
}

function spanOf(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return minutes < 24 * 60 ? `${minutes / 60} h` : `${minutes / (24 * 60)} d`;
}
