import { setImmediate } from 'node:timers/promises';
import { query, type Query, type SqlValue } from '../database.ts';
import { besideTheRest } from './side-connection.ts';
import { sortByKey } from './sort-by-key.ts';

/** In one turn of the event loop, so that no query waits longer than for a millisecond. */
const charactersAtOnce = 500_000;

/** Queries that run beside the rest of what is asked of the file, over what is committed. */
export function queriesBeside(file: string) {
  return {
    ids: async (sql: string, ...values: readonly SqlValue[]) => {
      const found = await columnsBeside(file, ['id'], sql, values);
      return found === null
        ? new Uint32Array()
        : readNumbers(found.id, new Uint32Array(found.count));
    },
    sorted: async (sql: string, ...values: readonly SqlValue[]) => {
      const found = await columnsBeside(file, ['id', 'key'], sql, values);
      if (found === null) return new Uint32Array();
      const ids = await readNumbers(found.id, new Uint32Array(found.count));
      return sortByKey(ids, await readNumbers(found.key, new Float64Array(found.count)));
    },
    rows: <Row>(asked: Query<Row>) => besideTheRest(file, (side) => side.all(asked)),
  };
}

/**
 * As `Database.ids`, on a thread of its own: to put a million rows into order takes a second, in
 * which every other query would wait. Sees what was committed when it began.
 * @returns each column as "[1,2,3]"
 */
async function columnsBeside<Name extends string>(
  file: string,
  names: readonly Name[],
  sql: string,
  values: readonly SqlValue[],
): Promise<(Readonly<Record<Name, string>> & { readonly count: number }) | null> {
  const lists = names.map((name) => `json_group_array(${name}) AS ${name}`).join(', ');
  const listed = query<Readonly<Record<Name, string>> & { readonly count: number }>(
    `SELECT count(*) AS count, ${lists} FROM (${sql})`,
  );
  const [row] = await besideTheRest(file, async (side) => {
    // What does not fit is sorted on the disk, which takes no longer.
    await side.exec('PRAGMA cache_size = -16000;');
    const rows = await side.all(listed, ...values);
    // The connection is only let go of with its statements, when they are collected as garbage.
    await side.exec('PRAGMA shrink_memory');
    return rows;
  });
  return row ?? null;
}

/** Reads "[1,2,3]" in slices; `JSON.parse` of a million would keep everybody waiting. */
async function readNumbers<Numbers extends Uint32Array | Float64Array>(
  list: string,
  numbers: Numbers,
): Promise<Numbers> {
  let at = 0;
  let number = 0;
  for (let from = 1; from < list.length; from += charactersAtOnce) {
    const to = Math.min(list.length, from + charactersAtOnce);
    for (let place = from; place < to; place += 1) {
      const digit = list.charCodeAt(place) - digitZero;
      if (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
      } else {
        // A comma, or the bracket at the end.
        if (at < numbers.length) numbers[at] = number;
        at += 1;
        number = 0;
      }
    }
    await setImmediate();
  }
  return numbers;
}

const digitZero = 48;
