import { useCallback, useMemo } from 'react';
import { useStores } from '../stores.ts';
import type { GridSorting } from './tracks/grid-header.tsx';

/**
 * The remembered order of one list.
 * @param name of the list, in `settings.sorts`
 */
export function useSorting(name: string, hasOwnOrder: boolean): GridSorting {
  const sorts = useStores('settings', (store) => store.settings.sorts);
  const changeSettings = useStores('settings', (store) => store.change);
  const change = useCallback<GridSorting['change']>(
    (sort) => {
      const others = Object.fromEntries(Object.entries(sorts).filter(([list]) => list !== name));
      void changeSettings({ sorts: sort === null ? others : { ...others, [name]: sort } });
    },
    [name, sorts, changeSettings],
  );
  const fallback = hasOwnOrder ? null : byTitle;
  const sort = sorts[name] ?? fallback;
  return useMemo(() => ({ sort, hasOwnOrder, change }), [sort, hasOwnOrder, change]);
}

const byTitle = { by: 'title', descending: false } as const;
