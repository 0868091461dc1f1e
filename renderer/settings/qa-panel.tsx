import { useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { QaTier } from '../../shared/account.ts';
import type { MainProcess } from '../main-process.ts';
import { useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import './settings-screen.css';

// The list stands in shared/account.ts too, beside a schema that the window doesn't carry.
const tiers = Object.keys({
  free: 0,
  premium: 0,
  trial: 0,
  past_due: 0,
  offline_grace: 0,
  expired: 0,
  cancel_at_period_end: 0,
  paused: 0,
  refunded: 0,
  disputed: 0,
} satisfies Record<QaTier, number>) as QaTier[];

const stepsMinutes = [1, 15, 60, 24 * 60, 30 * 24 * 60];

/** For testers: the tier and the clock, while the music plays. Left out of release builds. */
export function QaPanel({ main }: { readonly main: MainProcess }) {
  const { qa: words, shell } = useWords();
  const [clock, setClock] = useState('');
  const [adsFail, setAdsFail] = useState(false);
  return (
    <DialogTrigger onOpenChange={(isOpen) => isOpen && void main.ask('qa.clock').then(setClock)}>
      <AriaButton className="qa-badge">{shell.qa}</AriaButton>
      <Popover className="qa" placement="right bottom">
        <Dialog aria-label={words.title}>
          <h2>{words.tier}</h2>
          <div className="qa-row">
            {tiers.map((tier) => (
              <Button key={tier} onPress={() => void main.ask('qa.setTier', { tier })}>
                {tier}
              </Button>
            ))}
          </div>
          <h2>{words.clock}</h2>
          <output className="tabular">{clock}</output>
          <div className="qa-row">
            {stepsMinutes.map((minutes) => (
              <Button
                key={minutes}
                onPress={() => void main.ask('qa.moveClock', { minutes }).then(setClock)}
              >
                {words.later(minutes)}
              </Button>
            ))}
          </div>
          <label>
            <input
              type="checkbox"
              checked={adsFail}
              onChange={({ target }) => {
                setAdsFail(target.checked);
                void main.ask('qa.failAds', { fail: target.checked });
              }}
            />{' '}
            {words.failAds}
          </label>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
