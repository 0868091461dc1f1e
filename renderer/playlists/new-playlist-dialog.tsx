import { useEffect, useRef, useState } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { Naming } from './playlists-store.ts';

/** Asks for a new playlist's name whenever one is to be made, from wherever that was asked. */
export function NewPlaylistDialog() {
  const naming = useStores('playlists', (store) => store.naming);
  return naming && <NameDialog naming={naming} />;
}

function NameDialog({ naming: { tracks, suggestion } }: { readonly naming: Naming }) {
  const words = useWords().playlists;
  const [name, setName] = useState(suggestion);
  const create = useStores('playlists', (store) => store.create);
  const dropName = useStores('playlists', (store) => store.dropName);
  const go = useStores('shell', (shell) => shell.go);
  const isNamed = name.trim() !== '';
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What is suggested is typed over, or kept by Enter.
    field.current?.select();
  }, []);

  async function save(): Promise<void> {
    if (!isNamed) return;
    dropName();
    const id = await create(name.trim(), tracks);
    // Tracks came from a screen that the listener is not done with; an empty list is gone to.
    if (tracks === null) go({ screen: 'playlist', id });
  }
  return (
    <Dialog
      title={words.nameIt}
      onClose={dropName}
      actions={
        <>
          <Button look="quiet" onPress={dropName}>
            {words.cancel}
          </Button>
          <Button look="filled" disabled={!isNamed} onPress={() => void save()}>
            {words.save}
          </Button>
        </>
      }
    >
      <TextField
        ref={field}
        label={words.name}
        value={name}
        onChange={setName}
        maximumLength={200}
        autoFocus
        onSubmit={() => void save()}
      />
    </Dialog>
  );
}
