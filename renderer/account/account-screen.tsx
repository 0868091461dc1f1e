import { Check, Minus } from 'lucide-react';
import { useState } from 'react';
import { tiers, type Feature, type Tier } from '../../shared/tier.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Page } from '../ui/page.tsx';
import { standingSentences } from './standing.ts';
import './account-screen.css';

export function AccountScreen() {
  const words = useWords();
  const view = useStores('account', (account) => account.view);
  const { account } = words;
  const isPremium = view.tier === 'premium';
  return (
    <Page title={account.title}>
      <section className="account-card" data-tier={view.tier}>
        <h2 className="account-tier">{account.tier[view.tier]}</h2>
        <p>{isPremium ? account.premiumText : account.freeText}</p>
        {standingSentences(view, words).map((sentence) => (
          <p key={sentence} className="account-standing">
            {sentence}
          </p>
        ))}
        <div className="account-actions">{isPremium ? <EndPremium /> : <GetPremium />}</div>
        {view.environment !== 'prod' && (
          <p className="account-environment">
            {view.environment === 'qa' ? account.qa : account.embedded}
          </p>
        )}
      </section>
      <TierTable />
    </Page>
  );
}

function GetPremium() {
  const { account: words } = useWords();
  const subscribe = useStores('account', (account) => account.checkout);
  const usedBefore = useStores('account', ({ view }) => view.subscription !== 'none');
  return (
    <>
      {!usedBefore && (
        <Button look="filled" onPress={() => void subscribe({ plan: 'monthly', trial: true })}>
          {words.startTrial}
        </Button>
      )}
      <Button
        look={usedBefore ? 'filled' : 'plain'}
        onPress={() => void subscribe({ plan: 'monthly', trial: false })}
      >
        {words.subscribe}
      </Button>
    </>
  );
}

function EndPremium() {
  const { account: words } = useWords();
  const cancel = useStores('account', (account) => account.cancel);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button onPress={() => setAsking(true)}>{words.cancel}</Button>
      {isAsking && (
        <Dialog
          title={words.cancelTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button
                look="danger"
                onPress={() => {
                  setAsking(false);
                  void cancel();
                }}
              >
                {words.cancel}
              </Button>
              <Button look="filled" autoFocus onPress={() => setAsking(false)}>
                {words.keep}
              </Button>
            </>
          }
        >
          <p>{words.cancelText}</p>
        </Dialog>
      )}
    </>
  );
}

/** The deal, drawn from the one table that decides it. */
function TierTable() {
  const { account: words } = useWords();
  const features = Object.keys(tiers.free) as Feature[];
  return (
    <table className="account-table">
      <caption>{words.compare}</caption>
      <thead>
        <tr>
          <th scope="col">{words.feature}</th>
          {tierNames.map((tier) => (
            <th key={tier} scope="col">
              {words.tier[tier]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{words.everything}</th>
          {tierNames.map((tier) => (
            <Allowed key={tier} allowed />
          ))}
        </tr>
        {features.map((feature) => (
          <tr key={feature}>
            <th scope="row">{words.features[feature]}</th>
            {tierNames.map((tier) => (
              <Allowed key={tier} allowed={tiers[tier][feature]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const tierNames: readonly Tier[] = ['free', 'premium'];

function Allowed({ allowed }: { readonly allowed: boolean }) {
  const { account: words } = useWords();
  const Icon = allowed ? Check : Minus;
  return (
    <td data-allowed={allowed}>
      <Icon size={18} role="img" aria-label={allowed ? words.yes : words.no} />
    </td>
  );
}
