/**
 * Chromium lays out in 1/64 physical pixels in 32 bits, so nothing can be taller than 2^25 of
 * them. A list that would be gets less height, and scrolling it by a pixel moves it by more.
 */
const tallestPhysicalPixels = 32_000_000;

/** All lengths in CSS pixels. */
export interface ScrollMeasure {
  /** Height of all rows together. */
  readonly rows: number;
  /** What stands above the rows in the same scroller; it moves unscaled. */
  readonly above: number;
  /** Height of the scroller itself. */
  readonly view: number;
  readonly devicePixelRatio: number;
}

export interface ScrollScale {
  /** Height to give the element that holds the rows. */
  readonly height: number;
  /** How far the list moves for each pixel of scrolling, 1 or a little more. */
  readonly factor: number;
  /** Which pixel of the rows stands at the scroller's top edge; negative while `above` shows. */
  readonly toOffset: (scrollTop: number) => number;
  readonly toScrollTop: (offset: number) => number;
}

/** Maps the bar's way to the list's so that both ends meet. */
export function scaleScroll({ rows, above, view, devicePixelRatio }: ScrollMeasure): ScrollScale {
  const height = Math.min(rows, tallestPhysicalPixels / devicePixelRatio);
  const factor = height < rows && height > view ? (rows - view) / (height - view) : 1;
  return {
    height,
    factor,
    toOffset: (scrollTop) =>
      scrollTop <= above ? scrollTop - above : (scrollTop - above) * factor,
    toScrollTop: (offset) => (offset <= 0 ? offset + above : above + offset / factor),
  };
}

/**
 * Where to scroll so that a row is seen, moving as little as possible.
 * @param row its top and bottom, in pixels of the rows
 * @param covered what the sticky header covers of the view's top
 * @returns null when it is seen already
 */
export function revealRow(
  scale: ScrollScale,
  { view }: ScrollMeasure,
  scrollTop: number,
  row: { readonly top: number; readonly bottom: number },
  covered: number,
): number | null {
  const offset = scale.toOffset(scrollTop);
  if (row.top < offset + covered) return Math.max(0, scale.toScrollTop(row.top - covered));
  if (row.bottom > offset + view) return scale.toScrollTop(row.bottom - view);
  return null;
}
