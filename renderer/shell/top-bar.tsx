import { ChevronLeft, ChevronRight } from 'lucide-react';
import { SearchField } from '../library/search-field.tsx';
import { useStores, useWords } from '../stores.ts';
import { IconButton } from '../ui/button.tsx';
import './top-bar.css';

/** Above every screen: the way back and forward, and the search field. */
export function TopBar() {
  const { shell: words } = useWords();
  const place = useStores('shell', (shell) => shell.place);
  const last = useStores('shell', (shell) => shell.trail.length - 1);
  const back = useStores('shell', (shell) => shell.back);
  const forward = useStores('shell', (shell) => shell.forward);
  return (
    <header className="top">
      <IconButton
        label={words.back}
        icon={ChevronLeft}
        size="small"
        disabled={place === 0}
        onPress={back}
      />
      <IconButton
        label={words.forward}
        icon={ChevronRight}
        size="small"
        disabled={place === last}
        onPress={forward}
      />
      <SearchField />
    </header>
  );
}
