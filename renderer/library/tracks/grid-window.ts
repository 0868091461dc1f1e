import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useScroller } from '../screen.tsx';
import { revealRow, scaleScroll } from './scroll-scale.ts';

export const rowHeight = 40;
export const headingHeight = 52;
export const headerHeight = 32;

const blockRows = 1000;
const overscan = 6;

/** A line above a row that begins a part of the list, e.g. a disc. */
export interface Heading {
  readonly row: number;
  readonly label: string;
}

export interface GridWindow {
  /** Height of the element that holds the rows. */
  readonly height: number;
  /** Where in it the element around the shown rows stands. */
  readonly top: number;
  /**
   * Rows to show, with their places in that element. `aside`: kept in the page for the keyboard's
   * sake, far from what is seen, where it could not even be laid out.
   */
  readonly rows: readonly { readonly row: number; readonly top: number; readonly aside: boolean }[];
  /** Rows that one screen shows. */
  readonly pageRows: number;
  /** The same place for any row, also one that is not shown. */
  readonly topOf: (row: number) => number;
  /** Scrolls, if need be, until the row is seen. */
  readonly reveal: (row: number) => void;
}

/**
 * Which rows of a list stand in the scroller, and where. A list too tall for Chromium is laid out
 * squeezed (`scaleScroll`); its rows are then moved apart again around what is looked at.
 * @param body the element that holds the rows
 * @param kept a row that stays in the page wherever the scroller is, −1 for none
 */
export function useGridWindow(
  body: RefObject<HTMLElement | null>,
  count: number,
  headings: readonly Heading[],
  kept: number,
): GridWindow {
  const scroller = useScroller();
  const [{ above, view }, setBox] = useState({ above: 0, view: 0 });

  useLayoutEffect(() => {
    const element = body.current;
    if (scroller === null || element === null) return;
    const look = () =>
      setBox((box) => {
        const seen = { above: distance(element, scroller), view: scroller.clientHeight };
        return seen.above === box.above && seen.view === box.view ? box : seen;
      });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    // What stands above the list changes its height without the scroller changing its own.
    for (const child of scroller.children) observer.observe(child);
    return () => observer.disconnect();
  }, [scroller, body, count]);

  const measure = useMemo(
    () => ({
      rows: count * rowHeight + headings.length * headingHeight,
      above,
      view,
      devicePixelRatio: window.devicePixelRatio,
    }),
    [count, headings, above, view],
  );
  const scale = useMemo(() => scaleScroll(measure), [measure]);
  const { height, factor } = scale;

  const headingRows = useMemo(() => new Set(headings.map(({ row }) => row)), [headings]);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: (row) => (rowHeight + (headingRows.has(row) ? headingHeight : 0)) / factor,
    paddingEnd: Math.max(0, height - measure.rows / factor),
    scrollMargin: above,
    overscan,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return kept < 0 || kept >= count || shown.includes(kept) ? shown : [...shown, kept];
    },
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, factor, headingRows]);

  const placeOf = useCallback(
    (row: number) =>
      row * rowHeight + headings.filter((heading) => heading.row <= row).length * headingHeight,
    [headings],
  );
  const items = virtualizer.getVirtualItems();
  const squeezed = Math.max(0, (virtualizer.scrollOffset ?? 0) - above) * (factor - 1);
  // Rows stand relative to the beginning of their block, so that scrolling leaves the place of
  // those that stay as it is and only draws those that come.
  const firstRow = items[0]?.index ?? 0;
  const first = placeOf(firstRow - (firstRow % blockRows));

  // Between two renders a squeezed list would move by the bar's way only.
  useEffect(() => {
    const element = body.current?.firstElementChild;
    if (scroller === null || factor === 1 || !(element instanceof HTMLElement)) return;
    const follow = () => {
      const moved = Math.max(0, scroller.scrollTop - above) * (factor - 1);
      element.style.top = `${first - moved}px`;
    };
    // First of all listeners: after a render, to read `scrollTop` would cost a layout.
    const options = { passive: true, capture: true };
    scroller.addEventListener('scroll', follow, options);
    return () => scroller.removeEventListener('scroll', follow, options);
  }, [scroller, body, factor, above, first]);

  const topOf = (row: number) => placeOf(row) - first;
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  return {
    height,
    top: first - squeezed,
    rows: items.map(({ index: row }) => {
      const aside = row < startIndex - overscan || row > endIndex + overscan;
      return { row, top: aside ? 0 : topOf(row), aside };
    }),
    pageRows: Math.max(1, Math.floor((view - headerHeight) / rowHeight) - 1),
    topOf,
    reveal: useCallback(
      (row) => {
        if (scroller === null) return;
        const top = placeOf(row);
        const target =
          row === 0
            ? 0
            : revealRow(
                scale,
                measure,
                scroller.scrollTop,
                { top, bottom: top + rowHeight },
                headerHeight,
              );
        if (target !== null) scroller.scrollTo({ top: target });
      },
      [scroller, scale, measure, placeOf],
    ),
  };
}

/** Pixels from the top of what the scroller holds to the element. */
function distance(element: HTMLElement, scroller: HTMLElement): number {
  const gap = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return Math.round(gap + scroller.scrollTop);
}
