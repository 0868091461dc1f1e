import { setImmediate } from 'node:timers/promises';
import { type Keyed, query, type Query, type SqlValue } from '../database.ts';
import { besideTheRest } from './side-connection.ts';
import { inSlices, sortByKeys } from './sort-by-key.ts';

/** In one turn of the event loop, so that no query waits longer than for a millisecond. */
const charactersAtOnce = 500_000;

/** A column of numbers, each text of it "[1,2,3]". */
interface Column {
  readonly count: number;
  readonly texts: readonly string[];
}

/** Queries that run beside the rest of what is asked of the file, over what is committed. */
export function queriesBeside(file: string) {
  async function ids(sql: string, ...values: readonly SqlValue[]): Promise<Uint32Array> {
    const [column] = await columnsBeside(file, ['id'], [sql], values);
    return column === undefined ? new Uint32Array() : readIds(column);
  }

  return {
    ids,
    async sorted({ queries, keys }: Keyed): Promise<Uint32Array> {
      const names = ['id', ...keys.map(({ name }) => name)];
      const [own, ...columns] = await columnsBeside(file, names, queries, []);
      if (own === undefined) return new Uint32Array();
      const numbers: Float64Array[] = [];
      for (const [index, column] of columns.entries()) {
        const key = await readNumbers(column, new Float64Array(column.count));
        const among = keys[index]?.among;
        if (among !== undefined) await countByPlace(key, await ids(among));
        numbers.push(key);
      }
      return sortByKeys(await readIds(own), numbers);
    },
    rows: <Row>(asked: Query<Row>) => besideTheRest(file, (side) => side.all(asked)),
  };
}

/**
 * As `Database.ids`, on a thread of its own: to put a million rows into order takes a second, in
 * which every other query would wait. Sees what was committed when it began.
 * @returns a column for each name, the rows of one query after those of the one before
 */
async function columnsBeside(
  file: string,
  names: readonly string[],
  queries: readonly string[],
  values: readonly SqlValue[],
): Promise<Column[]> {
  const lists = names.map((name) => `json_group_array(${name}) AS ${name}List`).join(', ');
  const rows = await besideTheRest(file, async (side) => {
    // What does not fit is sorted on the disk, which takes no longer.
    await side.exec('PRAGMA cache_size = -16000; BEGIN');
    const found: Readonly<Record<string, number | string>>[] = [];
    for (const sql of queries) {
      const listed = query<Readonly<Record<string, number | string>>>(
        `SELECT count(*) AS count, ${lists} FROM (${sql})`,
      );
      found.push(...(await side.all(listed, ...values)));
    }
    // The connection is only let go of with its statements, when they are collected as garbage.
    await side.exec('COMMIT; PRAGMA shrink_memory');
    return found;
  });
  const count = rows.reduce((sum, row) => sum + Number(row['count']), 0);
  return names.map((name) => ({ count, texts: rows.map((row) => String(row[`${name}List`])) }));
}

/** Each key, an id, becomes its place among these; one that is not among them goes first. */
async function countByPlace(keys: Float64Array, among: Uint32Array): Promise<void> {
  const highest = among.reduce((high, id) => Math.max(high, id), 0);
  const places = new Uint32Array(highest + 1);
  for (const [place, id] of among.entries()) places[id] = place + 1;
  await inSlices(keys.length, (at) => (keys[at] = places[keys[at] ?? 0] ?? 0));
}

function readIds(column: Column): Promise<Uint32Array> {
  return readNumbers(column, new Uint32Array(column.count));
}

/** Reads a column in slices; `JSON.parse` of a million would keep everybody waiting. */
async function readNumbers<Numbers extends Uint32Array | Float64Array>(
  { texts }: Column,
  numbers: Numbers,
): Promise<Numbers> {
  let at = 0;
  for (const text of texts) {
    let number = 0;
    // Without numbers it is "[]".
    for (let from = 1; from < text.length && text.length > 2; from += charactersAtOnce) {
      const to = Math.min(text.length, from + charactersAtOnce);
      for (let place = from; place < to; place += 1) {
        const digit = text.charCodeAt(place) - digitZero;
        if (digit >= 0 && digit <= 9) {
          number = number * 10 + digit;
        } else {
          // A comma, or the bracket at the end.
          numbers[at] = number;
          at += 1;
          number = 0;
        }
      }
      await setImmediate();
    }
  }
  return numbers;
}

const digitZero = 48;
