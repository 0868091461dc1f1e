import { useEffect, useSyncExternalStore } from 'react';
import type { Input, Output } from '../../shared/contract.ts';
import type { Id } from '../../shared/track.ts';
import { useStores } from '../stores.ts';
import type { Answer, Question } from './library-store.ts';
import { answerKey } from './library-store.ts';
import type { RowCache, Rows } from './row-cache.ts';

const notYet: Answer<never> = { value: undefined, failed: null };

/** Main's newest answer, kept true for as long as the component stands. */
export function useAnswer<Name extends Question>(
  name: Name,
  ...[input]: undefined extends Input<Name> ? [] : [Input<Name>]
): Answer<Output<Name>> {
  const follow = useStores('library', (library) => library.follow);
  // The text stands for the question: callers write their input in place, new at each render.
  const question = JSON.stringify(input ?? null);
  useEffect(() => {
    const asked = JSON.parse(question) as Input<Name> | null;
    return follow(name, (asked ?? undefined) as Input<Name>);
  }, [follow, name, question]);
  const key = answerKey(name, input as Input<Name>);
  const answer = useStores('library', (library) => library.answers.get(key));
  return (answer as Answer<Output<Name>> | undefined) ?? notYet;
}

/** Follows a cache: the component renders again whenever rows have come or expired. */
export function useRows<Row>(cache: RowCache<Row>): Rows<Row> {
  return useSyncExternalStore(cache.subscribe, cache.current);
}

/** One row. `undefined`: not known yet. `null`: there is no such row. */
export function useRow<Row>(cache: RowCache<Row>, id: Id): Row | null | undefined {
  const rows = useRows(cache);
  useEffect(() => {
    cache.want([id]);
  }, [cache, id, rows]);
  return rows.get(id);
}

/** Follows the rows of a list and sees to it that those from `from` up to `to` are known. */
export function useListRows<Row>(
  cache: RowCache<Row>,
  ids: Uint32Array,
  from = 0,
  to = ids.length,
): Rows<Row> {
  const rows = useRows(cache);
  const first = Math.floor(from / pageLength) * pageLength;
  const end = Math.ceil(to / pageLength) * pageLength;
  useEffect(() => {
    cache.want(ids.subarray(first, end));
  }, [cache, ids, first, end, rows]);
  return rows;
}

/** Whole pages are wanted, so that scrolling by a row does not ask for a row. */
const pageLength = 50;
