import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { useWords } from '../../stores.ts';
import { useContextMenu } from '../../ui/menu.tsx';
import { useScroller } from '../screen.tsx';
import type { CardItem } from './card-item.ts';
import { ItemCard, useItemMenu } from './item-card.tsx';
import { useRoving } from './roving.ts';

/** Widths in pixels that cards grow from, and their heights. */
const shapes = {
  // Two lines of text with the gap above; the padding is as wide as it is high.
  card: { narrowest: 148, heightOf: (width: number) => width + 8 + 36 },
  tile: { narrowest: 196, heightOf: (width: number) => (width - 16) * 0.625 + 8 },
};
const gap = 8;
const inset = 16;
/**
 * Cards in as many columns as fit, any number of them.
 * @param props.itemAt undefined while it is not known yet
 * @param props.onShown told which places are in the page, so that their rows can be asked for
 */
export function CardGrid({
  label,
  count,
  shape = 'card',
  itemAt,
  onShown,
}: {
  readonly label: string;
  readonly count: number;
  readonly shape?: keyof typeof shapes;
  readonly itemAt: (place: number) => CardItem | undefined;
  readonly onShown?: (from: number, to: number) => void;
}) {
  const words = useWords();
  const scroller = useScroller();
  const list = useRef<HTMLDivElement>(null);
  const links = useRef(new Map<number, HTMLAnchorElement>());
  /** A card that gets the focus when it comes into the page. */
  const focusWanted = useRef<number | null>(null);
  const [{ width, above }, setBox] = useState({ width: 0, above: 0 });
  const { open, menu } = useContextMenu(words.library.more);
  const menuOf = useItemMenu();

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || scroller === null) return;
    const look = () =>
      setBox((box) => {
        const seen = { width: element.clientWidth, above: element.offsetTop };
        return seen.width === box.width && seen.above === box.above ? box : seen;
      });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const { narrowest, heightOf } = shapes[shape];
  const inner = width - 2 * inset;
  const perRow = Math.max(1, Math.floor((inner + gap) / (narrowest + gap)));
  const cardWidth = (inner - gap * (perRow - 1)) / perRow;
  const rowHeight = Math.max(1, Math.round(heightOf(cardWidth) + gap));
  const { active, setActive, pressKey } = useRoving(count, perRow, (place) => {
    virtualizer.scrollToIndex(Math.floor(place / perRow));
    const link = links.current.get(place);
    if (link === undefined) focusWanted.current = place;
    else link.focus();
  });
  const activeRow = Math.floor(active / perRow);
  const rows = Math.ceil(count / perRow);
  const virtualizer = useVirtualizer({
    count: width === 0 ? 0 : rows,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    scrollMargin: above,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
    overscan: 2,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(activeRow) ? shown : [...shown, activeRow];
    },
  });
  useLayoutEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowHeight]);

  const shown = virtualizer.getVirtualItems().filter(({ index }) => index < rows);
  const from = (virtualizer.range?.startIndex ?? 0) * perRow;
  const to = Math.min(count, ((virtualizer.range?.endIndex ?? 0) + 1) * perRow);
  // After every render: rows that have expired are wanted anew, and to want what is known is cheap.
  useLayoutEffect(() => onShown?.(from, to));

  return (
    <>
      <div
        ref={list}
        role="list"
        aria-label={label}
        className="card-list"
        style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
        onKeyDown={pressKey}
      >
        {shown.map((row) => (
          <div
            key={row.key}
            role="presentation"
            className="card-row"
            style={{
              top: row.start - above,
              gridTemplateColumns: `repeat(${perRow}, minmax(0, 1fr))`,
            }}
          >
            {placesOf(row.index, perRow, count).map((place) => {
              const item = itemAt(place);
              return (
                <div key={place} role="listitem" aria-setsize={count} aria-posinset={place + 1}>
                  {item === undefined ? (
                    <CardPlaceholder />
                  ) : (
                    <ItemCard
                      item={item}
                      place={{
                        tabIndex: place === active ? 0 : -1,
                        onFocus: () => setActive(place),
                        onContextMenu: (event) => open(event, menuOf(item)),
                        ref: (link) => {
                          if (link === null) {
                            links.current.delete(place);
                            return;
                          }
                          links.current.set(place, link);
                          if (focusWanted.current !== place) return;
                          focusWanted.current = null;
                          link.focus();
                        },
                      }}
                    />
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {menu}
    </>
  );
}

function CardPlaceholder() {
  return (
    <div className="card">
      <div className="card-link">
        <div className="card-art">
          <div className="ui-cover" />
        </div>
        <div className="card-title">&nbsp;</div>
        <div className="card-note">&nbsp;</div>
      </div>
    </div>
  );
}

function placesOf(row: number, perRow: number, count: number): readonly number[] {
  const length = Math.min(perRow, count - row * perRow);
  return Array.from({ length }, (_, column) => row * perRow + column);
}
