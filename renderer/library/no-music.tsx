import { FolderOpen, LoaderCircle, Music } from 'lucide-react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Stands where music would, with the ways to get some; while a scan runs, says so instead. */
export function NoMusic() {
  const words = useWords().library;
  const chooseFolder = useStores('library', (library) => library.chooseFolder);
  const addSample = useStores('library', (library) => library.addSample);
  const isScanning = useStores('library', (library) => library.scan?.state === 'running');
  if (isScanning) {
    return <EmptyState icon={LoaderCircle} title={words.scanningTitle} text={words.scanningText} />;
  }
  return (
    <EmptyState icon={Music} title={words.noMusicTitle} text={words.noMusicText}>
      <Button look="filled" icon={FolderOpen} onPress={() => void chooseFolder()}>
        {words.chooseFolder}
      </Button>
      <Button onPress={() => void addSample()}>{words.addSample}</Button>
    </EmptyState>
  );
}
