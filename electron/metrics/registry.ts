import { z } from 'zod';
import { SubscriptionState } from '../../shared/account.ts';
import type { EventNote } from '../../shared/metrics.ts';

/**
 * Every event that Refrain notes. There is no other: a type or a field that stands not here is
 * refused where it would be written. No field holds what a listener has, types or names: only
 * numbers, yes or no, and words from closed lists. The one exception are the marks of a link, which
 * its publisher wrote.
 */
interface Definition<Data extends z.ZodType> {
  /** Said to the listener, beside the events, in one sentence. */
  readonly purpose: string;
  readonly retentionDays: number;
  /**
   * What may ever leave the machine. `count`: how many there were on a day, from level 1 on.
   * `whole`: that at level 1, and the event at level 2.
   */
  readonly leaves: EventNote['leaves'];
  readonly data: Data;
}

const year = 400;
const season = 120;
const month = 35;

const nothing = z.strictObject({});
const Seconds = z.number().min(0).max(1e7);
const Environment = z.enum(['embedded', 'qa', 'prod']);
const Mark = z.string().regex(/^[\w.+~-]{0,64}$/);
/** Without the content mark, which may be made to name one listener. */
const Touch = z.strictObject({ source: Mark, medium: Mark, campaign: Mark });
const touched = z.strictObject({ first: Touch, last: Touch });

export const registry = {
  'session.began': event('whole', year, 'How often Refrain is used.', nothing),
  'session.ended': event(
    'whole',
    year,
    'How long a session lasts, and whether a break made somebody leave.',
    z.strictObject({ heardSeconds: Seconds, secondsSinceBreak: Seconds.nullable() }),
  ),
  'music.heard': event(
    'whole',
    year,
    'How many hours of music are heard: what Refrain is for.',
    z.strictObject({ seconds: Seconds }),
  ),
  'track.started': event('count', season, 'How many tracks are begun.', nothing),
  'play.counted': event('count', season, 'How many plays count.', nothing),
  'play.heard_30s': event('count', year, 'Whether music is listened to or skipped.', nothing),
  'sound.began': event(
    'whole',
    season,
    'How long the wait for the first sound is.',
    z.strictObject({ milliseconds: z.int().min(0).max(60_000) }),
  ),
  'sound.stalled': event('count', season, 'Whether music stumbles.', nothing),
  'search.ended': event(
    'whole',
    season,
    'Whether a search leads to music.',
    z.strictObject({ found: z.boolean(), played: z.boolean() }),
  ),
  'track.liked': event('count', year, 'Whether music is liked.', nothing),
  'playlist.filled': event('count', year, 'Whether playlists are made and filled.', nothing),
  'tier.changed': event(
    'whole',
    year,
    'Which way listeners go between free and Premium.',
    z.strictObject({
      tier: z.enum(['free', 'premium']),
      state: SubscriptionState,
      environment: Environment,
    }),
  ),
  'offer.shown': event(
    'whole',
    year,
    'Where Premium is offered.',
    z.strictObject({ from: z.enum(['ad_free', 'repeat_track', 'premium']) }),
  ),
  'feature.used': event(
    'count',
    year,
    'Whether what Premium gives is used.',
    z.strictObject({ feature: z.enum(['repeat_track']) }),
  ),
  'trial.began': event(
    'whole',
    year,
    'How many try Premium.',
    z.strictObject({ environment: Environment }),
  ),
  'subscription.paid': event(
    'whole',
    year,
    'How many pay for Premium.',
    z.strictObject({ environment: Environment }),
  ),
  'break.prepared': event(
    'whole',
    season,
    'Whether there was an ad when one was due.',
    z.strictObject({ filled: z.boolean() }),
  ),
  'break.began': event(
    'whole',
    season,
    'How many breaks there are.',
    z.strictObject({ spots: z.int().min(1).max(10) }),
  ),
  'break.ended': event('count', season, 'Whether breaks come to their end.', nothing),
  'spot.began': event('count', season, 'How many ads are heard.', nothing),
  'spot.ended': event(
    'whole',
    season,
    'Whether ads are heard to their end, and how long they are.',
    z.strictObject({
      how: z.enum(['complete', 'skipped', 'failed', 'stopped']),
      heardSeconds: Seconds,
    }),
  ),
  'loudness.breached': event('whole', year, 'Whether an ad was louder than the music.', nothing),
  'beacon.settled': event(
    'count',
    month,
    'Whether what advertisers are told gets through.',
    z.strictObject({ lost: z.boolean() }),
  ),
  'link.opened': event('whole', season, 'Which links bring listeners here.', touched),
  'link.target_shown': event('whole', season, 'Whether a link led to its place.', touched),
  'link.played_30s': event('whole', season, 'Whether music was heard after a link.', touched),
  'link.saved': event('whole', season, 'Whether something was kept after a link.', touched),
  'link.feature_used': event('whole', season, 'Whether Premium was used after a link.', touched),
  'link.trial': event('whole', season, 'Whether Premium was tried after a link.', touched),
  'link.paid': event('whole', season, 'Whether Premium was paid for after a link.', touched),
} as const satisfies Record<string, Definition<z.ZodType>>;

export type EventType = keyof typeof registry;
export type EventData<Type extends EventType> = z.output<(typeof registry)[Type]['data']>;

export const eventTypes = Object.keys(registry) as EventType[];

/** The steps of the path from a link, by the event that tells of each. */
export type LinkStep = Extract<EventType, `link.${string}`>;

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(registry, type);
}

function event<Data extends z.ZodType>(
  leaves: EventNote['leaves'],
  retentionDays: number,
  purpose: string,
  data: Data,
): Definition<Data> {
  return { leaves, retentionDays, purpose, data };
}
