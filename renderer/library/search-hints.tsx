import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import './search-hints.css';

/** What a search can be narrowed by: each is put into the search field when it is pressed. */
export function SearchHints() {
  const words = useWords();
  const text = useStores('library', (library) => library.searchText);
  const search = useStores('library', (library) => library.search);

  function add(hint: string): void {
    const before = text.trim();
    search(`${before}${before === '' ? '' : ' '}${hint}${hint.endsWith(':') ? '' : ' '}`);
    // A field waits for its name to be typed.
    document.querySelector<HTMLInputElement>('.search-bar input')?.focus();
  }

  return (
    <section className="search-hints" aria-labelledby="search-hints">
      <h2 id="search-hints">{words.library.searchNarrow}</h2>
      <ul>
        {words.library.searchHints.map(({ hint, meaning }) => (
          <li key={hint}>
            <Button onPress={() => add(hint)}>
              <span className="search-hint">{hint}</span>
              <span className="search-hint-meaning">{meaning}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
