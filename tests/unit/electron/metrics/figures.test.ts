import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../../electron/metrics/event-log.ts';
import { appendEvents } from '../../../../electron/metrics/event-log.ts';
import { figuresOf } from '../../../../electron/metrics/figures.ts';
import { newEvent, openTestJournal } from '../../../support/journal-rig.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 22, 12);

const at = fc.oneof(
  fc.integer({ min: now - 100 * day, max: now + day }),
  fc.integer({ min: now - 8 * day, max: now }),
);
const environment = fc.constantFrom('embedded' as const, 'qa' as const, 'prod' as const);
const anyEvent = fc.oneof(
  fc.tuple(at, fc.integer({ min: 1, max: 300 })).map(([when, seconds]) => {
    return newEvent('music.heard', when, { seconds });
  }),
  fc.tuple(at, fc.option(fc.integer({ min: 0, max: 200 }))).map(([when, secondsSinceBreak]) => {
    return newEvent('session.ended', when, { heardSeconds: 100, secondsSinceBreak });
  }),
  fc.tuple(at, fc.integer({ min: 0, max: 5000 })).map(([when, milliseconds]) => {
    return newEvent('sound.began', when, { milliseconds });
  }),
  fc.tuple(at, fc.boolean(), fc.boolean()).map(([when, found, played]) => {
    return newEvent('search.ended', when, { found, played });
  }),
  fc.tuple(at, fc.boolean()).map(([when, filled]) => newEvent('break.prepared', when, { filled })),
  fc.tuple(at, fc.boolean()).map(([when, lost]) => newEvent('beacon.settled', when, { lost })),
  fc
    .tuple(at, fc.constantFrom('complete' as const, 'skipped' as const, 'failed' as const))
    .map(([when, how]) => newEvent('spot.ended', when, { how, heardSeconds: 12.5 })),
  fc.tuple(at, environment).map(([when, env]) => {
    return newEvent('trial.began', when, { environment: env });
  }),
  fc.tuple(at, environment).map(([when, env]) => {
    return newEvent('subscription.paid', when, { environment: env });
  }),
  fc
    .tuple(
      at,
      fc.constantFrom('play.heard_30s', 'track.liked', 'sound.stalled', 'loudness.breached'),
    )
    .map(([when, type]) => newEvent(type as 'track.liked', when, {})),
  at.map((when) => newEvent('offer.shown', when, { from: 'premium' })),
);

describe('the figures', () => {
  it('are what a plain count of the events says', async () => {
    const { use } = await openTestJournal(now);
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 60 }),
        fc.integer({ min: -12, max: 14 }),
        (events, zoneHours) => {
          use((db) => {
            db.run('DELETE FROM events');
            appendEvents(db, events);
            const found = figuresOf(db, now, zoneHours * hour);
            const counted = recount(events, zoneHours * hour);
            for (const [name, value] of Object.entries(counted)) {
              expect([name, rounded(found[name as keyof typeof found])]).toEqual([
                name,
                rounded(value),
              ]);
            }
            expect(Object.keys(counted).toSorted()).toEqual(Object.keys(found).toSorted());
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** The same by hand, with nothing but loops over the list. */
function recount(all: readonly NewEvent[], zone: number) {
  const past = all.filter((event) => event.at <= now);
  const recent = past.filter((event) => event.at > now - 30 * day);
  const of = (type: string, among: readonly NewEvent[] = recent) =>
    among.filter((event) => event.type === type);
  const field = (event: NewEvent, name: string) => (event.data as Record<string, unknown>)[name];
  const sum = (events: readonly NewEvent[], name: string) =>
    events.reduce((total, event) => total + Number(field(event, name)), 0);
  const part = (events: readonly NewEvent[], holds: (event: NewEvent) => boolean) =>
    events.length === 0 ? null : events.filter(holds).length / events.length;
  const within = (from: number, to: number) =>
    sum(
      of(
        'music.heard',
        all.filter((event) => event.at > from && event.at <= to),
      ),
      'seconds',
    ) / 3600;

  const dayOf = (time: number) => Math.floor((time + zone) / day);
  const activeDays = new Set(of('music.heard', all).map((event) => dayOf(event.at)));
  const first = all.length === 0 ? null : Math.min(...all.map((event) => event.at));
  const back = (later: number) =>
    first === null || dayOf(now) < dayOf(first) + later
      ? null
      : activeDays.has(dayOf(first) + later);
  const early = past.filter((event) => first !== null && event.at <= first + day);
  const isActive =
    of('play.heard_30s', early).length >= 3 &&
    early.some(({ type }) => type === 'track.liked' || type === 'playlist.filled');
  const isOver = first !== null && now > first + day;
  const activated = isActive ? true : isOver ? false : null;
  const hours = within(now - 30 * day, now);
  const days = Array.from({ length: 30 }, (_, ago) => dayOf(now) - ago).filter((one) =>
    activeDays.has(one),
  ).length;
  const waits = of('sound.began')
    .map((event) => Number(field(event, 'milliseconds')))
    .toSorted((one, other) => one - other);
  const afterBreak = of('session.ended').filter(
    (event) => field(event, 'secondsSinceBreak') !== null,
  );
  const week = within(now - 7 * day, now);
  return {
    weeklyHours: week > 0 ? week : null,
    hoursByWeek: Array.from({ length: 12 }, (_, place) =>
      within(now - (12 - place) * 7 * day, now - (11 - place) * 7 * day),
    ),
    activated,
    backOnDay1: back(1),
    backOnDay7: back(7),
    backOnDay30: back(30),
    stickiness: days > 0 ? days / 30 : null,
    offersShown: of('offer.shown').length,
    trials: of('trial.began').filter((event) => field(event, 'environment') === 'prod').length,
    paid: of('subscription.paid').filter((event) => field(event, 'environment') === 'prod').length,
    adSecondsPerHour: hours > 0 ? sum(of('spot.ended'), 'heardSeconds') / hours : null,
    fill: part(of('break.prepared'), (event) => field(event, 'filled') === true),
    completion: part(of('spot.ended'), (event) => field(event, 'how') === 'complete'),
    fatigue: part(afterBreak, (event) => Number(field(event, 'secondsSinceBreak')) <= 60),
    searchSuccess: part(of('search.ended'), (event) => field(event, 'played') === true),
    firstSoundP95Milliseconds: waits[Math.max(0, Math.ceil(waits.length * 0.95) - 1)] ?? null,
    stallsPerHour: hours > 0 ? of('sound.stalled').length / hours : null,
    loudnessBreaches: of('loudness.breached').length,
    beaconLoss: part(of('beacon.settled'), (event) => field(event, 'lost') === true),
  };
}

/** Sums of fractions come in another order. */
function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === 'number' ? Math.round(value * 1e6) : value;
}
