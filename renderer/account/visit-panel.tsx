import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { AccountVisit } from '../../shared/account.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import './visit-panel.css';

/** What goes on in the browser, and the way out of it. */
export function VisitPanel({ visit }: { readonly visit: AccountVisit }) {
  const { account: words } = useWords();
  const giveUp = useStores('account', (store) => store.giveUpVisit);
  const signIn = useStores('account', (store) => store.signIn);
  return (
    <div className="visit" aria-busy={visit.kind === 'preparing'}>
      <p role="status">{words.visits[visit.kind]}</p>
      {visit.kind === 'code' && <Code visit={visit} />}
      <div className="visit-actions">
        <Button look="plain" onPress={() => void giveUp()}>
          {visit.kind === 'portal' ? words.visits.done : words.visits.giveUp}
        </Button>
        {visit.kind === 'sign_in' && (
          <Button look="quiet" onPress={() => void signIn('code')}>
            {words.signInByCode}
          </Button>
        )}
        {visit.kind === 'code' && (
          <Button look="quiet" onPress={() => void signIn('browser')}>
            {words.signInByBrowser}
          </Button>
        )}
      </div>
    </div>
  );
}

function Code({ visit }: { readonly visit: Extract<AccountVisit, { readonly kind: 'code' }> }) {
  const { account: words } = useWords();
  const ends = new Date(visit.expiresAt).toLocaleTimeString('en', { timeStyle: 'short' });
  return (
    <>
      <div className="visit-line">
        <output className="visit-code">{visit.userCode}</output>
        <CopyButton text={visit.userCode} label={words.visits.copyCode} />
      </div>
      <div className="visit-line">
        <output className="visit-address">{visit.address}</output>
        <CopyButton text={visit.address} label={words.visits.copyAddress} />
      </div>
      <p className="visit-note">{words.visits.codeEnds(ends)}</p>
    </>
  );
}

function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const { account: words } = useWords();
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      look="quiet"
      icon={Copy}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {isCopied ? words.visits.copied : label}
    </Button>
  );
}
