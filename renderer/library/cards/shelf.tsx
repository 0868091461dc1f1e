import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { RefObject } from 'react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { RouteLink } from '../../route-link.tsx';
import type { Route } from '../../route.ts';
import { useWords } from '../../stores.ts';
import { IconButton } from '../../ui/button.tsx';
import { useContextMenu } from '../../ui/menu.tsx';
import type { CardItem } from './card-item.ts';
import { ItemCard, useItemMenu } from './item-card.tsx';
import { useRoving } from './roving.ts';

/** One row of cards that scrolls sideways. Nothing at all when there are no cards. */
export function Shelf({
  title,
  items,
  all,
}: {
  readonly title: string;
  readonly items: readonly CardItem[];
  /** Where all of them are. */
  readonly all?: Route;
}) {
  const words = useWords();
  const titleId = useId();
  const list = useRef<HTMLUListElement>(null);
  const links = useRef(new Map<number, HTMLAnchorElement>());
  const { active, setActive, pressKey } = useRoving(items.length, items.length, (place) =>
    links.current.get(place)?.focus(),
  );
  const { open, menu } = useContextMenu(words.library.more);
  const menuOf = useItemMenu();

  const ends = useEnds(list, items.length);

  function turn(pages: number): void {
    const element = list.current;
    element?.scrollBy({ left: pages * element.clientWidth * 0.8, behavior: 'smooth' });
  }
  if (items.length === 0) return null;
  return (
    <section className="shelf" aria-labelledby={titleId}>
      <div className="shelf-head">
        <h2 id={titleId}>{title}</h2>
        {all !== undefined && (
          <RouteLink to={all} className="shelf-all ui-link">
            {words.library.showAll}
          </RouteLink>
        )}
        {ends.scrolls && (
          <>
            <IconButton
              size="small"
              icon={ChevronLeft}
              label={words.library.scrollBack}
              disabled={ends.atStart}
              onPress={() => turn(-1)}
            />
            <IconButton
              size="small"
              icon={ChevronRight}
              label={words.library.scrollOn}
              disabled={ends.atEnd}
              onPress={() => turn(1)}
            />
          </>
        )}
      </div>
      <ul
        ref={list}
        className={`shelf-cards ${items[0]?.kind === 'genre' ? 'shelf-tiles' : ''}`}
        aria-labelledby={titleId}
        onKeyDown={pressKey}
      >
        {items.map((item, place) => (
          <li key={item.key}>
            <ItemCard
              item={item}
              place={{
                tabIndex: place === active ? 0 : -1,
                onFocus: () => setActive(place),
                onContextMenu: (event) => open(event, menuOf(item)),
                ref: (link) => {
                  if (link === null) links.current.delete(place);
                  else links.current.set(place, link);
                },
              }}
            />
          </li>
        ))}
      </ul>
      {menu}
    </section>
  );
}

/** Whether a row is wider than its place, and which of its ends is in view. */
function useEnds(list: RefObject<HTMLElement | null>, count: number) {
  const [ends, setEnds] = useState({ scrolls: false, atStart: true, atEnd: true });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    function look({ scrollLeft, clientWidth, scrollWidth }: HTMLElement): void {
      const scrolls = scrollWidth > clientWidth + 1;
      const atStart = scrollLeft < 2;
      const atEnd = scrollLeft + clientWidth > scrollWidth - 2;
      setEnds((before) =>
        before.scrolls === scrolls && before.atStart === atStart && before.atEnd === atEnd
          ? before
          : { scrolls, atStart, atEnd },
      );
    }
    const follow = () => look(element);
    // Calls back at once too.
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, [list, count]);
  return ends;
}
