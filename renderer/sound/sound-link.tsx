import { AudioLines } from 'lucide-react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';

/** The way from the settings to the screen of the sound. */
export function SoundLink() {
  const { sound: words } = useWords();
  const go = useStores('shell', (shell) => shell.go);
  return (
    <Button icon={AudioLines} onPress={() => go({ screen: 'sound' })}>
      {words.open}
    </Button>
  );
}
