import { html } from 'hono/html';
import type { SubscriptionState } from '../../../shared/account.ts';
import type { PlanId, Price } from '../../api/billing.ts';
import type { Markup, Page } from '../../page.ts';
import { plans, trialEnd } from '../plans.ts';
import type { Order } from '../provider.ts';
import type { Entitlement } from '../subscription.ts';
import { nextPrice, type FakeAct, type FakeSubscription } from './fake-subscription.ts';

const nothingSold = html`<p>
  <strong>Nothing is sold here.</strong> This page stands in for a payment provider: no card is
  asked for, and no money moves.
</p>`;

const planNames: Readonly<Record<PlanId, string>> = { monthly: 'Monthly', yearly: 'Yearly' };
const perPeriod: Readonly<Record<PlanId, string>> = { monthly: 'a month', yearly: 'a year' };

const stateNames: Readonly<Record<SubscriptionState, string>> = {
  none: 'No subscription',
  trialing: 'Trial',
  active: 'Active',
  past_due: 'Past due',
  cancel_at_period_end: 'Cancelled, runs to its end',
  paused: 'Paused',
  expired: 'Expired',
  refunded: 'Refunded',
  disputed: 'Disputed',
};

export function checkoutPage({
  order: { plan, isTrial, isIntro },
  now,
  isRefused,
}: {
  readonly order: Order;
  readonly now: number;
  readonly isRefused: boolean;
}): Page {
  const { price, intro, trialDays } = plans[plan];
  const first = isIntro && intro !== null ? intro.price : price;
  const firstPeriods =
    isIntro && intro !== null ? `, first ${periodCount(plan, intro.periods)}` : '';
  const body = html`<h1>Refrain Premium</h1>
    ${nothingSold}
    ${
      isRefused
        ? html`<p class="problem" role="alert">The card was refused. Nothing was begun.</p>`
        : ''
    }
    <dl class="facts">
      ${fact('Plan', planNames[plan])}
      ${isTrial ? fact(`Trial, ${trialDays} days`, `to ${date(trialEnd(now))}`) : ''}
      ${fact(firstPeriods === '' ? 'Price' : `Price${firstPeriods}`, priced(first, plan))}
      ${firstPeriods === '' ? '' : fact('After that', priced(price, plan))}
      ${fact('To pay today', money(isTrial ? { ...first, amount: 0 } : first))}
    </dl>
    <form method="post">
      <div class="actions">
        <button class="main" name="card" value="good">
          ${isTrial ? 'Start the trial' : 'Pay'}
        </button>
        <button name="card" value="refused">
          ${isTrial ? 'Try with a card that will be refused' : 'Pay with a card that will be refused'}
        </button>
        <button class="quiet" name="card" value="none">Cancel</button>
      </div>
    </form>`;
  return { title: 'Checkout', body };
}

export function portalPage({
  subscription,
  worth,
  isForTests,
}: {
  readonly subscription: FakeSubscription | null;
  readonly worth: Entitlement;
  readonly isForTests: boolean;
}): Page {
  const body = html`<h1>Your subscription</h1>
    ${nothingSold}
    ${
      subscription === null
        ? html`<p>There is none.</p>`
        : html`${facts(subscription, worth)} ${acts(subscription, worth)}
          ${isForTests ? testerActs(subscription, worth) : ''}`
    }
    <p class="notice">You may close this page and go back to Refrain at any time.</p>`;
  return { title: 'Your subscription', body };
}

function facts(
  subscription: FakeSubscription,
  { state, periodEnd, graceEnd }: Entitlement,
): Markup {
  const { told, nextPlan, card } = subscription;
  const isCharged = !told.ended && told.renewal === 'renews';
  return html`<dl class="facts">
    ${fact('State', stateNames[state])} ${fact('Plan', planNames[told.plan])}
    ${nextPlan === told.plan ? '' : fact('From the next payment', planNames[nextPlan])}
    ${periodEnd === null ? '' : fact(periodEndName(state), date(periodEnd))}
    ${graceEnd === null ? '' : fact('Premium stays until', date(graceEnd))}
    ${isCharged ? fact('Next payment', money(nextPrice(subscription))) : ''}
    ${fact('Card', card === 'good' ? 'Pays' : 'Will be refused')}
  </dl>`;
}

function acts({ told, nextPlan, card }: FakeSubscription, { state }: Entitlement): Markup {
  if (told.ended) return html``;
  const other: PlanId = nextPlan === 'monthly' ? 'yearly' : 'monthly';
  const goesOn = told.renewal === 'renews';
  return html`<form method="post">
    <div class="actions">
      ${
        state === 'past_due'
          ? actButton('Pay with another card', { kind: 'change_card', card: 'good' }, 'main')
          : ''
      }
      ${goesOn ? '' : actButton('Resume', { kind: 'resume' }, 'main')}
      ${
        goesOn
          ? actButton(`Change to the ${planNames[other].toLowerCase()} plan`, {
              kind: 'change_plan',
              plan: other,
            })
          : ''
      }
      ${
        card === 'refused' && state !== 'past_due'
          ? actButton('Use a card that pays', { kind: 'change_card', card: 'good' })
          : ''
      }
      ${
        goesOn && state !== 'past_due'
          ? actButton('Pause after this period', { kind: 'pause' })
          : ''
      }
      ${
        told.renewal === 'cancelled'
          ? ''
          : actButton('Cancel the subscription', { kind: 'cancel' }, 'danger')
      }
    </div>
  </form>`;
}

function testerActs({ told, card }: FakeSubscription, { state }: Entitlement): Markup {
  return html`<h2 id="testers">For testers</h2>
    <form method="post" aria-labelledby="testers">
      <div class="actions">
        ${
          told.ended || card === 'refused'
            ? ''
            : actButton('Let the next payment fail', { kind: 'change_card', card: 'refused' })
        }
        ${
          told.ended
            ? ''
            : actButton(state === 'past_due' ? 'End the grace now' : 'End the period now', {
                kind: 'end_period',
              })
        }
        ${
          told.reversal === null
            ? html`<div class="pair">
                ${actButton('Refund', { kind: 'reverse', how: 'refunded' })}
                ${actButton('Dispute', { kind: 'reverse', how: 'disputed' })}
              </div>`
            : html`<p>A payment went back. That is final: subscribe anew in Refrain.</p>`
        }
      </div>
    </form>`;
}

function actButton(name: string, act: FakeAct, look = ''): Markup {
  return html`<button class="${look}" name="act" value="${JSON.stringify(act)}">${name}</button>`;
}

function fact(name: string, value: string): Markup {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`;
}

function periodEndName(state: SubscriptionState): string {
  if (state === 'trialing') return 'The trial ends';
  if (state === 'past_due') return 'Paid until';
  return state === 'active' ? 'Renews' : 'Ends';
}

function periodCount(plan: PlanId, count: number): string {
  const unit = plan === 'monthly' ? 'month' : 'year';
  return count === 1 ? unit : `${count} ${unit}s`;
}

function priced(price: Price, plan: PlanId): string {
  return `${money(price)} ${perPeriod[plan]}`;
}

function money({ amount, currency }: Price): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100);
}

function date(milliseconds: number): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(milliseconds);
}
