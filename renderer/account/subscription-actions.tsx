import { useState } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** What who is signed in can do about the plan. */
export function SubscriptionActions() {
  const { account: words } = useWords();
  const { subscription, mayTry } = useStores('account', (store) => store.view);
  const isBusy = useStores('account', (store) => store.isBusy);
  const checkout = useStores('account', (store) => store.checkout);
  const resume = useStores('account', (store) => store.resume);
  const openPortal = useStores('account', (store) => store.openPortal);
  const refresh = useStores('account', (store) => store.refresh);
  const isRunning = ['trialing', 'active', 'past_due'].includes(subscription);
  const isResumable = subscription === 'cancel_at_period_end' || subscription === 'paused';
  return (
    <div className="account-actions">
      {isResumable && (
        <Button look="filled" disabled={isBusy} onPress={() => void resume()}>
          {subscription === 'paused' ? words.unpause : words.resume}
        </Button>
      )}
      {!isRunning && !isResumable && (
        <Button look="filled" onPress={() => void checkout({ plan: 'monthly', trial: mayTry })}>
          {mayTry ? words.startTrial : words.subscribe}
        </Button>
      )}
      {subscription !== 'none' && (
        <Button
          look={subscription === 'past_due' ? 'filled' : 'plain'}
          onPress={() => void openPortal()}
        >
          {words.portal}
        </Button>
      )}
      {isRunning && <EndPremium />}
      <Button look="quiet" disabled={isBusy} onPress={() => void refresh()}>
        {words.refresh}
      </Button>
    </div>
  );
}

function EndPremium() {
  const { account: words, date } = useWords();
  const periodEndsAt = useStores('account', ({ view }) => view.periodEndsAt);
  const isBusy = useStores('account', (store) => store.isBusy);
  const cancel = useStores('account', (store) => store.cancel);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button disabled={isBusy} onPress={() => setAsking(true)}>
        {words.cancel}
      </Button>
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
          <p>{words.cancelText(periodEndsAt === null ? '' : date(periodEndsAt))}</p>
        </Dialog>
      )}
    </>
  );
}
