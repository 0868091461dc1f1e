import { useEffect, useState } from 'react';
import type { PlanView } from '../../shared/account.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import './plans.css';

/**
 * What is sold. Where the service is on this machine it is not started for a look at this screen:
 * the listener asks for the plans.
 */
export function Plans() {
  const { account: words } = useWords();
  const plans = useStores('account', (store) => store.plans);
  const load = useStores('account', (store) => store.loadPlans);
  const isAtHand = useStores(
    'account',
    ({ view }) => view.environment === 'prod' || view.email !== null,
  );
  const [loading, setLoading] = useState<'not_asked' | 'asked' | 'failed'>('not_asked');

  function ask(): void {
    setLoading('asked');
    load().catch(() => setLoading('failed'));
  }

  useEffect(() => {
    if (isAtHand && plans === null) {
      let isShown = true;
      load().catch(() => isShown && setLoading('failed'));
      return () => {
        isShown = false;
      };
    }
    return undefined;
  }, [isAtHand, plans, load]);

  const isWaiting = loading === 'asked' || (isAtHand && loading === 'not_asked');
  return (
    <section className="account-section" aria-busy={plans === null && isWaiting}>
      <h2 className="account-heading">{words.plansTitle}</h2>
      <p>{words.plansText}</p>
      {plans !== null ? (
        <ul className="plans">
          {plans.map((plan) => (
            <Plan key={plan.id} plan={plan} saving={savingOf(plan, plans)} />
          ))}
        </ul>
      ) : (
        <div className="plans-line" role="status">
          {loading === 'failed' && <p>{words.plansAway}</p>}
          {isWaiting ? (
            <p>{words.plansLoading}</p>
          ) : (
            <Button onPress={ask}>{loading === 'failed' ? words.tryAgain : words.showPlans}</Button>
          )}
        </div>
      )}
    </section>
  );
}

function Plan({ plan, saving }: { readonly plan: PlanView; readonly saving: number }) {
  const { account: words } = useWords();
  const checkout = useStores('account', (store) => store.checkout);
  const mayTry = useStores('account', ({ view }) => view.mayTry);
  const isVisiting = useStores('account', ({ view }) => view.visit !== null);
  const name = words.plans[plan.id];
  const trial = mayTry && plan.trialDays > 0;
  const { intro } = plan;
  return (
    <li className="plan">
      <h3 className="plan-name">
        {name}
        {saving > 0 && <span className="plan-saving">{words.saves(saving)}</span>}
      </h3>
      <p className="plan-price">
        <strong>{words.price(plan.price.amount, plan.price.currency)}</strong> {words.per[plan.id]}
      </p>
      <p className="plan-note">
        {mayTry && intro !== null
          ? words.introPrice(
              words.price(intro.price.amount, intro.price.currency),
              intro.periods,
              plan.id,
            )
          : ' '}
      </p>
      <div className="plans-line">
        {trial && (
          <Button
            look="plain"
            disabled={isVisiting}
            onPress={() => void checkout({ plan: plan.id, trial: true })}
          >
            {words.tryPlan(plan.trialDays)}
          </Button>
        )}
        <Button
          look={trial ? 'quiet' : 'plain'}
          disabled={isVisiting}
          onPress={() => void checkout({ plan: plan.id, trial: false })}
        >
          {words.buyPlan}
        </Button>
      </div>
    </li>
  );
}

/** @returns what a year costs less than twelve months, in whole percent; 0 for the others */
function savingOf(plan: PlanView, all: readonly PlanView[]): number {
  const monthly = all.find(({ id }) => id === 'monthly');
  if (plan.id !== 'yearly' || monthly === undefined || monthly.price.amount === 0) return 0;
  return Math.max(0, Math.floor(100 * (1 - plan.price.amount / (12 * monthly.price.amount))));
}
