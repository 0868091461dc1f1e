import { Laptop } from 'lucide-react';
import { useEffect } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import './devices.css';

/** Where the account is signed in. */
export function Devices() {
  const { account: words, date } = useWords();
  const devices = useStores('account', (store) => store.devices);
  const load = useStores('account', (store) => store.loadDevices);
  const remove = useStores('account', (store) => store.removeDevice);
  const isBusy = useStores('account', (store) => store.isBusy);
  useEffect(() => {
    // Without the service there is no list; the card above says how the account stands.
    load().catch(() => undefined);
  }, [load]);
  if (devices === null || devices.length === 0) return null;
  return (
    <section className="account-section">
      <h2 className="account-heading">{words.devicesTitle}</h2>
      <p>{words.devicesText}</p>
      <ul className="devices">
        {devices.map(({ id, name, platform, seenAt, isThis }) => (
          <li key={id} className="device">
            <Laptop size={18} aria-hidden />
            <div>
              <p className="device-name">{name}</p>
              <p className="device-note">
                {words.platforms[platform]} · {isThis ? words.thisDevice : words.seen(date(seenAt))}
              </p>
            </div>
            {!isThis && (
              <Button
                look="quiet"
                disabled={isBusy}
                label={words.removeDevice(name)}
                onPress={() => void remove(id)}
              >
                {words.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
