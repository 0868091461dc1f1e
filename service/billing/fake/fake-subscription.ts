import { z } from 'zod';
import { PlanId, type Price } from '../../api/billing.ts';
import { periodsEnd, plans, trialEnd } from '../plans.ts';
import type { Order } from '../provider.ts';
import { graceMilliseconds, type Subscription } from '../subscription.ts';
import { Told } from './fake-event.ts';

export const FakeCard = z.enum(['good', 'refused']);
export type FakeCard = z.infer<typeof FakeCard>;

/** A subscription as its provider keeps it. Times are milliseconds since 1970. */
export const FakeSubscription = z.object({
  told: Told,
  /** Where the present run of periods began, and how many of them are paid. */
  anchor: z.number(),
  periods: z.int().min(0),
  introLeft: z.int().min(0),
  card: FakeCard,
  /** A payment was refused and not made up for. */
  missed: z.boolean(),
  /** From the next payment on. */
  nextPlan: PlanId,
});
export type FakeSubscription = z.infer<typeof FakeSubscription>;

/** What a customer or a tester may do to one. */
export const FakeAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('change_plan'), plan: PlanId }),
  z.object({ kind: z.literal('change_card'), card: FakeCard }),
  /** Over at once, for good. */
  z.object({ kind: z.literal('end') }),
  z.object({ kind: z.literal('reverse'), how: z.enum(['refunded', 'disputed']) }),
  /** What runs (the trial, the period, the grace) ends now. */
  z.object({ kind: z.literal('end_period') }),
]);
export type FakeAct = z.infer<typeof FakeAct>;

export interface FakeEvent {
  readonly type: string;
  readonly told: Subscription;
}

export interface Step {
  readonly next: FakeSubscription;
  readonly events: readonly FakeEvent[];
}

/** Of a long jump of the clock only the last events are told: each says all that the ones before did. */
const mostEvents = 24;

export function begin(id: string, order: Order, card: FakeCard, now: number): Step {
  const { plan, accountId, isTrial, isIntro } = order;
  const introPeriods = isIntro ? (plans[plan].intro?.periods ?? 0) : 0;
  const told: Subscription = {
    id,
    accountId,
    version: 1,
    plan,
    startedAt: now,
    isTrial,
    paidUntil: isTrial ? trialEnd(now) : periodsEnd(now, plan, 1),
    renewal: 'renews',
    ended: false,
    reversal: null,
  };
  const next: FakeSubscription = {
    told,
    anchor: now,
    periods: isTrial ? 0 : 1,
    introLeft: isTrial ? introPeriods : Math.max(0, introPeriods - 1),
    card,
    missed: false,
    nextPlan: plan,
  };
  return { next, events: [{ type: 'subscription.started', told }] };
}

/** What time brings, and then what is done. What is over can only be reversed. */
export function act(subscription: FakeSubscription, done: FakeAct, now: number): Step {
  const before = settle(subscription, now);
  const after = apply(before.next, done, now);
  const settled = settle(after.next, now);
  const events = [...before.events, ...after.events, ...settled.events];
  return { next: settled.next, events: events.slice(-mostEvents) };
}

/** Charges what fell due until now, period by period, and ends what was not paid. */
export function settle(subscription: FakeSubscription, now: number): Step {
  let next = subscription;
  const events: FakeEvent[] = [];
  for (;;) {
    const due = dueAt(next);
    if (due === null || now < due) return { next, events: events.slice(-mostEvents) };
    const step = whenDue(next);
    next = step.next;
    events.push(...step.events);
  }
}

/** When something happens to it by itself; null for what rests. */
export function dueAt({ told, missed, card }: FakeSubscription): number | null {
  if (told.ended || told.renewal === 'paused') return null;
  const isAwaited = missed && card === 'refused' && told.renewal === 'renews';
  return isAwaited ? told.paidUntil + graceMilliseconds : told.paidUntil;
}

/** What the next payment will be, in the plan that it will be for. */
export function nextPrice({ introLeft, nextPlan }: FakeSubscription): Price {
  const { intro, price } = plans[nextPlan];
  return introLeft > 0 && intro !== null ? intro.price : price;
}

function whenDue(subscription: FakeSubscription): Step {
  const { told, card, missed } = subscription;
  if (told.renewal === 'cancelled')
    return change(subscription, 'subscription.ended', { ended: true });
  if (card === 'good') return pay(subscription);
  if (!missed) return change({ ...subscription, missed: true }, 'payment.failed', {});
  return change(subscription, 'subscription.ended', { ended: true });
}

function pay(subscription: FakeSubscription): Step {
  const { told, nextPlan: plan, introLeft } = subscription;
  const goesOn = plan === told.plan && !told.isTrial;
  const anchor = goesOn ? subscription.anchor : told.paidUntil;
  const periods = goesOn ? subscription.periods + 1 : 1;
  const paid = { anchor, periods, introLeft: Math.max(0, introLeft - 1), missed: false };
  return change({ ...subscription, ...paid }, 'payment.succeeded', {
    plan,
    isTrial: false,
    paidUntil: periodsEnd(anchor, plan, periods),
  });
}

function apply(subscription: FakeSubscription, done: FakeAct, now: number): Step {
  const { told, card } = subscription;
  const same: Step = { next: subscription, events: [] };
  if (told.ended && (done.kind !== 'reverse' || told.reversal !== null)) return same;
  switch (done.kind) {
    case 'cancel':
      return change(subscription, 'subscription.changed', { renewal: 'cancelled' });
    case 'pause':
      return change(subscription, 'subscription.changed', { renewal: 'paused' });
    case 'resume': {
      // After a pause that outlasted what was paid, a new run of periods begins with its payment.
      const isRunAnew = told.renewal === 'paused' && now >= told.paidUntil && card === 'good';
      const anew = isRunAnew ? { anchor: now, periods: 0 } : {};
      return change({ ...subscription, ...anew }, 'subscription.changed', {
        renewal: 'renews',
        ...(isRunAnew ? { paidUntil: now } : {}),
      });
    }
    case 'change_plan':
      return change({ ...subscription, nextPlan: done.plan }, 'subscription.changed', {});
    case 'change_card':
      return change({ ...subscription, card: done.card }, 'subscription.changed', {});
    case 'end':
      return change(subscription, 'subscription.ended', { ended: true });
    case 'reverse':
      return change(subscription, `payment.${done.how}`, {
        ended: true,
        reversal: { kind: done.how, at: now },
      });
    case 'end_period':
      if (now >= told.paidUntil) {
        if (told.renewal !== 'renews') return same;
        const paidUntil = now - graceMilliseconds;
        return change(subscription, 'subscription.changed', { paidUntil });
      }
      return change({ ...subscription, anchor: now, periods: 0 }, 'subscription.changed', {
        paidUntil: now,
      });
  }
}

function change(
  subscription: FakeSubscription,
  type: string,
  changed: Partial<Omit<Subscription, 'id' | 'accountId' | 'version'>>,
): Step {
  const told = { ...subscription.told, ...changed, version: subscription.told.version + 1 };
  return { next: { ...subscription, told }, events: [{ type, told }] };
}
