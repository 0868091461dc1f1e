/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly refrain: string;
  /** What it is held against, and its figure; '' where the bar is a figure by itself. */
  readonly other: string;
  readonly ratio: string;
  readonly bar: string;
  /** null: there is no bar, or nothing to hold against. */
  readonly met: boolean | null;
}

export type Bar = { readonly atLeast: number } | { readonly atMost: number };

/** A figure with a bar of its own. @param value in the unit of the bar */
export function figure(what: string, value: number, unit: string, bar: Bar | null): Row {
  return {
    what,
    refrain: `${rounded(value)} ${unit}`,
    other: '',
    ratio: '',
    bar: bar === null ? '' : `${wordsOf(bar)} ${unit}`,
    met: bar === null ? null : isMet(value, bar),
  };
}

/**
 * Runs held against another program's in the same turn, pair by pair.
 * @param theirs empty when it could not be run; `other` then says why
 */
export function comparison(
  what: string,
  ours: readonly number[],
  theirs: readonly number[],
  words: { readonly unit: string; readonly other: string; readonly bar: Bar },
): Row {
  const { unit, other, bar } = words;
  const ratios = theirs.map((value, run) => (ours[run] ?? Number.NaN) / value);
  const ratio = median(ratios);
  const isThere = theirs.length > 0;
  const range = `${rounded(Math.min(...ratios))}–${rounded(Math.max(...ratios))}`;
  return {
    what,
    refrain: `${rounded(median(ours))} ${unit}`,
    other: isThere ? `${other} ${rounded(median(theirs))} ${unit}` : other,
    ratio: isThere ? `${rounded(ratio)} (${range})` : '',
    bar: wordsOf(bar),
    met: isThere ? isMet(ratio, bar) : null,
  };
}

export function note(what: string, refrain: string, other = ''): Row {
  return { what, refrain, other, ratio: '', bar: '', met: null };
}

/** A table in Markdown, its columns as wide as their longest text. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['', 'Refrain', 'against', 'ratio', 'bar', ''],
    ...rows.map(({ what, refrain, other, ratio, bar, met }) => [
      what,
      refrain,
      other,
      ratio,
      bar,
      met === null ? '' : met ? 'met' : 'MISSED',
    ]),
  ];
  const widths = cells[0]?.map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const [head = '', ...lines] = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths?.map((width) => '-'.repeat(width)).join(' | ') ?? ''} |`;
  return [head, rule, ...lines].join('\n');
}

/** Of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted.length - 1, sorted.length].map((twice) => sorted[twice >> 1]);
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** The value that this part of them does not exceed; NaN of none. */
export function partOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function rounded(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function isMet(value: number, bar: Bar): boolean {
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

function wordsOf(bar: Bar): string {
  return 'atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`;
}
