import { useState } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';

const longestEmail = 254;

/** What who is signed in can do with the account itself. */
export function AccountData({ email }: { readonly email: string }) {
  const { account: words } = useWords();
  const isBusy = useStores('account', (store) => store.isBusy);
  const exportAll = useStores('account', (store) => store.exportAll);
  const signOut = useStores('account', (store) => store.signOut);
  const [isErasing, setErasing] = useState(false);
  return (
    <section className="account-section">
      <h2 className="account-heading">{words.dataTitle}</h2>
      <p>{words.signOutText}</p>
      <div className="account-actions">
        <Button disabled={isBusy} onPress={() => void signOut()}>
          {words.signOut}
        </Button>
        <Button disabled={isBusy} onPress={() => void exportAll()}>
          {words.export}
        </Button>
        <Button look="danger" disabled={isBusy} onPress={() => setErasing(true)}>
          {words.erase}
        </Button>
      </div>
      {isErasing && <EraseDialog email={email} onClose={() => setErasing(false)} />}
    </section>
  );
}

function EraseDialog({ email, onClose }: { readonly email: string; readonly onClose: () => void }) {
  const { account: words } = useWords();
  const erase = useStores('account', (store) => store.erase);
  const [typed, setTyped] = useState('');
  const isConfirmed = typed.trim().toLowerCase() === email.toLowerCase();
  return (
    <Dialog
      title={words.eraseTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {words.visits.giveUp}
          </Button>
          <Button
            look="danger"
            disabled={!isConfirmed}
            onPress={() => {
              onClose();
              void erase(typed);
            }}
          >
            {words.erase}
          </Button>
        </>
      }
    >
      <p className="account-erase-text">{words.eraseText}</p>
      <TextField
        label={words.eraseConfirm(email)}
        value={typed}
        onChange={setTyped}
        maximumLength={longestEmail}
        autoFocus
      />
    </Dialog>
  );
}
