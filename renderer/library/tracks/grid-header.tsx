import { ArrowDown, ArrowUp, Clock, Heart, Star } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TrackSort } from '../../../shared/track.ts';
import { useWords } from '../../stores.ts';
import type { Column } from './columns.ts';
import { nextSort, sortOf } from './columns.ts';

/** The order of a list that its headers change. */
export interface GridSorting {
  readonly sort: TrackSort | null;
  /** True when the list has an order of its own, which null stands for. */
  readonly hasOwnOrder: boolean;
  readonly change: (sort: TrackSort | null) => void;
}

/** The columns' names; each sorts the list where the list can be sorted. */
export function GridHeader({
  columns,
  sorting,
}: {
  readonly columns: readonly Column[];
  readonly sorting: GridSorting | undefined;
}) {
  return (
    <div role="rowgroup" className="track-header-group">
      <div role="row" aria-rowindex={1} className="track-header">
        {columns.map((column) => (
          <HeaderCell key={column} column={column} sorting={sorting} />
        ))}
      </div>
    </div>
  );
}

function HeaderCell({
  column,
  sorting,
}: {
  readonly column: Column;
  readonly sorting: GridSorting | undefined;
}) {
  const by = sortOf(column);
  const className = `track-cell track-cell-${column}`;
  if (sorting === undefined || by === null) {
    return (
      <div role="columnheader" className={className}>
        <ColumnName column={column} />
      </div>
    );
  }
  const { sort, hasOwnOrder, change } = sorting;
  const isSorted = sort?.by === by;
  const Arrow = sort?.descending === true ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      className={className}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="track-sort"
        onClick={() => change(nextSort(sort, by, hasOwnOrder))}
      >
        <ColumnName column={column} />
        {isSorted && <Arrow size={12} aria-hidden />}
      </button>
    </div>
  );
}

function ColumnName({ column }: { readonly column: Column }): ReactNode {
  const words = useWords().tracks;
  switch (column) {
    case 'liked':
      return <IconName icon={<Heart size={14} aria-hidden />} name={words.liked} />;
    case 'seconds':
      return <IconName icon={<Clock size={14} aria-hidden />} name={words.seconds} />;
    case 'rating':
      return <IconName icon={<Star size={14} aria-hidden />} name={words.rating} />;
    case 'number':
    case 'title':
    case 'artist':
    case 'album':
    case 'year':
    case 'plays':
      return words[column];
  }
}

function IconName({ icon, name }: { readonly icon: ReactNode; readonly name: string }) {
  return (
    <span title={name} className="track-icon-name">
      {icon}
      <span className="sr-only">{name}</span>
    </span>
  );
}
