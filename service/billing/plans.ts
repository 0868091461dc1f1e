import { PlanId, type Plan, type Price } from '../api/billing.ts';

const trialDays = 14;

/** What is sold. With Stripe its prices and coupons must say the same. */
export const plans: Readonly<Record<PlanId, Plan>> = {
  monthly: {
    id: 'monthly',
    price: euro(4.99),
    intro: { price: euro(0.99), periods: 3 },
    trialDays,
  },
  yearly: {
    id: 'yearly',
    price: euro(49.99),
    intro: { price: euro(39.99), periods: 1 },
    trialDays,
  },
};

export const planList: readonly Plan[] = PlanId.options.map((id) => plans[id]);

const monthsOf: Readonly<Record<PlanId, number>> = { monthly: 1, yearly: 12 };

/**
 * When a number of periods ends that began at `anchor` (milliseconds since 1970). Counted from the
 * anchor, so that what began on the 31st comes back to it after a short month.
 */
export function periodsEnd(anchor: number, plan: PlanId, periods: number): number {
  const end = new Date(anchor);
  const day = end.getUTCDate();
  end.setUTCDate(1);
  end.setUTCMonth(end.getUTCMonth() + periods * monthsOf[plan]);
  const days = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(day, days));
  return end.getTime();
}

export function trialEnd(start: number): number {
  return start + trialDays * 86_400_000;
}

function euro(amount: number): Price {
  return { amount: Math.round(amount * 100), currency: 'EUR' };
}
