import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Input, Output } from '../../shared/contract.ts';
import type { Id, TrackList } from '../../shared/track.ts';
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

/** A list together with the ids that it stands for: rows are played by their place in it. */
export interface KnownList {
  readonly list: TrackList;
  readonly ids: Uint32Array;
}

/**
 * The tracks of a list. While another order is being asked for, the list as it was before stays.
 * @returns null until something is known
 */
export function useTrackList(list: TrackList): KnownList | null {
  const { value: ids } = useAnswer('library.trackIds', list);
  const [shown, setShown] = useState<KnownList | null>(null);
  if (ids === undefined || ids === shown?.ids) return shown;
  const known = { list, ids };
  setShown(known);
  return known;
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
