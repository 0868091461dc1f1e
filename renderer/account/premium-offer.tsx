import { Check } from 'lucide-react';
import { useEffect } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { VisitPanel } from './visit-panel.tsx';
import './premium-offer.css';

/**
 * Opened where the tier stands in the way, and by "Go ad-free". It stays while the listener signs up
 * and pays in the browser, and is gone with the first word of Premium.
 */
export function PremiumOffer() {
  const { offer: words, account } = useWords();
  const offered = useStores('shell', (shell) => shell.offered);
  const close = useStores('shell', (shell) => shell.closeOffer);
  const go = useStores('shell', (shell) => shell.go);
  const view = useStores('account', (state) => state.view);
  const notice = useStores('account', (state) => state.notice);
  const checkout = useStores('account', (state) => state.checkout);
  const isAnswered = view.tier === 'premium';
  useEffect(() => {
    // Else it would be back when Premium ends, unasked.
    if (isAnswered) close();
  }, [isAnswered, close]);
  if (offered === null || isAnswered) return null;
  const mayTry = view.mayTry;
  return (
    <Dialog
      title={words.title}
      onClose={close}
      actions={
        view.visit === null && (
          <>
            <Button look="quiet" onPress={close}>
              {words.notNow}
            </Button>
            <Button
              onPress={() => {
                close();
                go({ screen: 'account' });
              }}
            >
              {words.otherPlans}
            </Button>
            <Button
              look="filled"
              autoFocus
              onPress={() => void checkout({ plan: 'monthly', trial: mayTry })}
            >
              {mayTry ? words.trial : words.monthly}
            </Button>
          </>
        )
      }
    >
      <p className="offer-reason">{words.reasons[offered]}</p>
      <ul className="offer-points">
        {words.points.map((point) => (
          <li key={point}>
            <Check size={16} aria-hidden />
            {point}
          </li>
        ))}
      </ul>
      <div role="status">{notice !== null && <p>{account.visitNotices[notice]}</p>}</div>
      {view.visit === null ? (
        <p className="offer-honest">{mayTry ? words.trialNote : words.monthlyNote}</p>
      ) : (
        <VisitPanel visit={view.visit} />
      )}
      {view.environment === 'embedded' && <p className="offer-honest">{account.embedded}</p>}
    </Dialog>
  );
}
