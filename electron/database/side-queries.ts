import { setImmediate } from 'node:timers/promises';
import { query, type Query, type SqlValue } from '../database.ts';
import { besideTheRest } from './side-connection.ts';

/** In one turn of the event loop, so that no query waits longer than for a millisecond. */
const charactersAtOnce = 500_000;

/** Queries that run beside the rest of what is asked of the file, over what is committed. */
export function queriesBeside(file: string) {
  return {
    ids: (sql: string, ...values: readonly SqlValue[]) => idsBeside(file, sql, ...values),
    rows: <Row>(asked: Query<Row>) => besideTheRest(file, (side) => side.all(asked)),
  };
}

/**
 * As `Database.ids`, on a thread of its own: to put a million rows into order takes a second, in
 * which every other query would wait. Sees what was committed when it began.
 */
async function idsBeside(
  file: string,
  sql: string,
  ...values: readonly SqlValue[]
): Promise<Uint32Array> {
  const listed = query<{ readonly count: number; readonly list: string }>(
    `SELECT count(*) AS count, json_group_array(id) AS list FROM (${sql})`,
  );
  const [row] = await besideTheRest(file, async (side) => {
    // What does not fit is sorted on the disk, which takes no longer.
    await side.exec('PRAGMA cache_size = -16000;');
    const rows = await side.all(listed, ...values);
    // The connection is only let go of with its statements, when they are collected as garbage.
    await side.exec('PRAGMA shrink_memory');
    return rows;
  });
  return row === undefined ? new Uint32Array() : readIds(row.list, row.count);
}

/** Reads "[1,2,3]" in slices; `JSON.parse` of a million would keep everybody waiting. */
async function readIds(list: string, count: number): Promise<Uint32Array> {
  const ids = new Uint32Array(count);
  let at = 0;
  let id = 0;
  for (let from = 1; from < list.length; from += charactersAtOnce) {
    const to = Math.min(list.length, from + charactersAtOnce);
    for (let place = from; place < to; place += 1) {
      const digit = list.charCodeAt(place) - digitZero;
      if (digit >= 0 && digit <= 9) {
        id = id * 10 + digit;
      } else {
        // A comma, or the bracket at the end.
        if (at < count) ids[at] = id;
        at += 1;
        id = 0;
      }
    }
    await setImmediate();
  }
  return ids;
}

const digitZero = 48;
