import { type ReactNode, useState } from 'react';
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  Popover,
  ToggleButton,
} from 'react-aria-components';
import type { QaPaymentAct, QaTier } from '../../shared/account.ts';
import type { QaAdOutcome, QaView } from '../../shared/qa.ts';
import { qaWords as words } from '../../shared/words/qa.ts';
import type { MainProcess } from '../main-process.ts';
import { useStores } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import './settings-screen.css';

const minute = 1;
const hour = 60;
const day = 24 * hour;
const steps = [-day, -hour, minute, 16, hour, day, 8 * day, 31 * day];

/** For testers, while the music plays. Left out of release builds. */
export function QaPanel({ main }: { readonly main: MainProcess }) {
  const [view, setView] = useState<QaView | null>(null);
  const [refusal, setRefusal] = useState('');
  const quiet = useStores('session', (session) => session.view.quietSeconds);
  const earn = useStores('session', (session) => session.earnQuiet);

  /** Whatever was asked, the panel then shows how things stand. */
  function act(asked: Promise<unknown>): void {
    setRefusal('');
    void asked
      .catch((error: unknown) => setRefusal(error instanceof Error ? error.message : String(error)))
      .then(() => main.ask('qa.view'))
      .then(setView);
  }

  return (
    <DialogTrigger onOpenChange={(isOpen) => isOpen && act(Promise.resolve())}>
      <AriaButton className="qa-badge">{words.badge}</AriaButton>
      <Popover className="qa" placement="right bottom">
        <Dialog aria-label={words.title}>
          <Group title={words.tier}>
            {tiersInOrder().map((tier) => (
              <Button key={tier} onPress={() => act(main.ask('qa.setTier', { tier }))}>
                {tier}
              </Button>
            ))}
          </Group>
          <Group title={words.clock} says={view?.clock ?? ''}>
            {steps.map((minutes) => (
              <Button key={minutes} onPress={() => act(main.ask('qa.moveClock', { minutes }))}>
                {words.moved(minutes)}
              </Button>
            ))}
          </Group>
          <Group title={words.breaks} says={view && words.standing(view.standing)}>
            <Button onPress={() => act(main.ask('qa.dueBreak'))}>{words.dueNow}</Button>
            <Button onPress={() => act(earn())}>{words.earn}</Button>
            <span className="qa-note">{words.quiet(quiet / 60)}</span>
          </Group>
          <Group title={words.outcome}>
            {outcomesInOrder().map((outcome) => (
              <Choice
                key={outcome}
                chosen={view?.outcome === outcome}
                onPress={() => act(main.ask('qa.adOutcome', { outcome }))}
              >
                {words.outcomes[outcome]}
              </Choice>
            ))}
          </Group>
          <Group title={words.payments}>
            {actsInOrder().map((payment) => (
              <Button key={payment} onPress={() => act(main.ask('qa.payments', { act: payment }))}>
                {words.acts[payment]}
              </Button>
            ))}
          </Group>
          <Group title={words.service}>
            {[true, false].map((reachable) => (
              <Choice
                key={String(reachable)}
                chosen={view?.reachable === reachable}
                onPress={() => act(main.ask('qa.reach', { reachable }))}
              >
                {reachable ? words.reachable : words.unreachable}
              </Choice>
            ))}
          </Group>
          {refusal !== '' && <p role="alert">{refusal}</p>}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Group({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says?: string | null;
  readonly children: ReactNode;
}) {
  return (
    <section role="group" aria-label={title}>
      <h2>{title}</h2>
      {says !== undefined && <output className="tabular qa-note">{says}</output>}
      <div className="qa-row">{children}</div>
    </section>
  );
}

function Choice({
  chosen,
  onPress,
  children,
}: {
  readonly chosen: boolean;
  readonly onPress: () => void;
  readonly children: string;
}) {
  return (
    <ToggleButton className="ui-button ui-button-plain" isSelected={chosen} onChange={onPress}>
      {children}
    </ToggleButton>
  );
}

/** The schemas that hold these lists stay out of the window: here they are by their words. */
function tiersInOrder(): readonly QaTier[] {
  return Object.keys(words.tiers) as QaTier[];
}

function actsInOrder(): readonly QaPaymentAct[] {
  return Object.keys(words.acts) as QaPaymentAct[];
}

function outcomesInOrder(): readonly QaAdOutcome[] {
  return Object.keys(words.outcomes) as QaAdOutcome[];
}
