import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';

/** The ad-free minutes that the listener earned, and the way to more of them. */
export function QuietMinutes() {
  const { ledger: words } = useWords();
  const seconds = useStores('session', ({ view }) => view.quietSeconds);
  const isWanted = useStores('session', ({ view }) => view.quietWanted);
  const canEarn = useStores('session', ({ view }) => view.canEarnQuiet);
  const earn = useStores('session', (session) => session.earnQuiet);
  return (
    <div className="ledger-quiet">
      <p role="status">{isWanted ? words.quietWanted : words.quietLeft(Math.ceil(seconds / 60))}</p>
      <Button disabled={!canEarn} onPress={() => void earn()}>
        {words.earnQuiet}
      </Button>
    </div>
  );
}
