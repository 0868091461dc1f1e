import { CircleUser } from 'lucide-react';
import { qaWords } from '../../shared/words/qa.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { AccountData } from './account-data.tsx';
import { Devices } from './devices.tsx';
import { Plans } from './plans.tsx';
import { standingSentences } from './standing.ts';
import { SubscriptionActions } from './subscription-actions.tsx';
import { TierTable } from './tier-table.tsx';
import { VisitPanel } from './visit-panel.tsx';
import './account-screen.css';

export function AccountScreen() {
  const { account: words } = useWords();
  const { tier, email, subscription } = useStores('account', (account) => account.view);
  const isFree = tier === 'free' && subscription !== 'paused';
  return (
    <Page title={words.title}>
      <Standing />
      {isFree && <Plans />}
      {email !== null && <Devices />}
      {email !== null && <AccountData email={email} />}
      <TierTable />
    </Page>
  );
}

/** The tier, why it is so and until when, and what can be done about it. */
function Standing() {
  const words = useWords();
  const { account } = words;
  const view = useStores('account', (store) => store.view);
  const notice = useStores('account', (store) => store.notice);
  return (
    <section className="account-card" data-tier={view.tier}>
      {view.email !== null && (
        <p className="account-who">
          <CircleUser size={16} aria-hidden />
          {account.signedInAs(view.email)}
        </p>
      )}
      <h2 className="account-tier">{account.tier[view.tier]}</h2>
      <p>{view.tier === 'premium' ? account.premiumText : account.freeText}</p>
      {standingSentences(view, words).map((sentence) => (
        <p key={sentence} className="account-standing">
          {sentence}
        </p>
      ))}
      <div role="status">
        {notice !== null && <p className="account-notice">{account.visitNotices[notice]}</p>}
      </div>
      {view.visit === null ? <Actions /> : <VisitPanel visit={view.visit} />}
      {view.environment !== 'prod' && (
        <p className="account-environment">
          {__QA__ && view.environment === 'qa' ? qaWords.account : account.embedded}
        </p>
      )}
    </section>
  );
}

function Actions() {
  const { account: words } = useWords();
  const view = useStores('account', (store) => store.view);
  const signIn = useStores('account', (store) => store.signIn);
  const checkout = useStores('account', (store) => store.checkout);
  if (view.email !== null) return <SubscriptionActions />;
  const isFree = view.tier === 'free';
  return (
    <div className="account-actions">
      {isFree && (
        <Button
          look="filled"
          onPress={() => void checkout({ plan: 'monthly', trial: view.mayTry })}
        >
          {view.mayTry ? words.startTrial : words.subscribe}
        </Button>
      )}
      <Button onPress={() => void signIn('browser')}>
        {isFree ? words.signIn : words.signInAgain}
      </Button>
      <Button look="quiet" onPress={() => void signIn('code')}>
        {words.signInWithCode}
      </Button>
    </div>
  );
}
