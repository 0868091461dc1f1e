import { useEffect, useRef } from 'react';
import { useStores, useWords } from '../stores.ts';
import { SearchField as Field } from '../ui/text-field.tsx';
import './search.css';

/** The window's search box. Typing shows what is found, wherever the window was. */
export function SearchField() {
  const words = useWords();
  const text = useStores('library', (library) => library.searchText);
  const search = useStores('library', (library) => library.search);
  const isSearching = useStores('shell', (shell) => shell.route.screen === 'search');
  const go = useStores('shell', (shell) => shell.go);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The Search screen has been opened: its next step is to type.
    if (isSearching) input.current?.focus();
  }, [isSearching]);

  return (
    <search className="search-bar">
      <Field
        ref={input}
        label={words.rail.search}
        clearLabel={words.library.clearSearch}
        placeholder={words.library.searchPlaceholder}
        // Elsewhere the field is free for the next search; the last one waits on its screen.
        value={isSearching ? text : ''}
        maximumLength={200}
        onChange={(typed) => {
          search(typed);
          if (typed !== '') go({ screen: 'search' });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          const found = document.querySelector('[data-search-results]');
          const first =
            found?.querySelector<HTMLElement>('[role=grid]') ?? found?.querySelector('a');
          if (!first) return;
          event.preventDefault();
          first.focus();
        }}
      />
    </search>
  );
}
