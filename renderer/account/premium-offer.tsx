import { Check } from 'lucide-react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import './premium-offer.css';

/** Opened where the tier stands in the way, and by "Go ad-free"; one click and it acts. */
export function PremiumOffer() {
  const { offer: words, account } = useWords();
  const offered = useStores('shell', (shell) => shell.offered);
  const close = useStores('shell', (shell) => shell.closeOffer);
  const view = useStores('account', (state) => state.view);
  const subscribe = useStores('account', (state) => state.checkout);
  if (offered === null || view.tier === 'premium') return null;
  const isNew = view.subscription === 'none';
  return (
    <Dialog
      title={words.title}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onPress={close}>
            {words.notNow}
          </Button>
          <Button
            look="filled"
            autoFocus
            onPress={() => {
              close();
              void subscribe({ plan: 'monthly', trial: isNew });
            }}
          >
            {isNew ? words.trial : words.monthly}
          </Button>
        </>
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
      {view.environment === 'embedded' && <p className="offer-honest">{account.embedded}</p>}
    </Dialog>
  );
}
