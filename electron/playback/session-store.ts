import type { SavedPlace } from './saved-session.ts';

/** Where the session outlives the process. The library process holds it; main calls it remotely. */
export interface SessionStore {
  /** Null: nothing was ever saved. What is damaged inside is judged by `restoreSession`. */
  load(): Promise<SavedSession | null>;
  /** One transaction. A part that is absent stays as it was saved last. */
  save(part: SavedPart): Promise<void>;
}

export interface SavedPart {
  readonly queue?: SavedQueue;
  readonly place?: SavedPlace;
}

/** As read back: unchecked until `restoreSession` has judged it. */
export interface SavedSession {
  readonly queue: SavedQueue;
  /** A `SavedPlace` if all is well; null when it was missing or unreadable. */
  readonly place: unknown;
}

/** The heavy part, written only when the queue itself changes. */
export interface SavedQueue {
  /** Parallel, in list order. */
  readonly entryIds: Uint32Array;
  readonly trackIds: Uint32Array;
  /** Play order as list positions; null when it is the list's own. */
  readonly order: Uint32Array | null;
  /** Shuffled rounds gone by, oldest first, one after the other, each as long as the list. */
  readonly past: Uint32Array;
}

/** As much of a SQLite connection as is needed here. */
export interface SessionDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): {
    run(...parameters: readonly (string | Uint8Array)[]): unknown;
    all(): unknown[];
  };
}

/** Over the table `session_state(key TEXT PRIMARY KEY, value BLOB NOT NULL)`. */
export function createSessionStore(database: SessionDatabase): SessionStore {
  const put = database.prepare('INSERT OR REPLACE INTO session_state (key, value) VALUES (?, ?)');
  const everything = database.prepare('SELECT key, value FROM session_state');
  const dropOrder = database.prepare("DELETE FROM session_state WHERE key = 'order'");

  function putAll({ queue, place }: SavedPart): void {
    if (place !== undefined) put.run('place', Buffer.from(JSON.stringify(place)));
    if (queue === undefined) return;
    put.run('entryIds', bytesOf(queue.entryIds));
    put.run('trackIds', bytesOf(queue.trackIds));
    put.run('past', bytesOf(queue.past));
    if (queue.order === null) dropOrder.run();
    else put.run('order', bytesOf(queue.order));
  }

  return {
    load() {
      const rows = new Map(everything.all().flatMap(rowOf));
      if (rows.size === 0) return Promise.resolve(null);
      const order = rows.get('order');
      return Promise.resolve({
        queue: {
          entryIds: idsOf(rows.get('entryIds')),
          trackIds: idsOf(rows.get('trackIds')),
          order: order === undefined ? null : idsOf(order),
          past: idsOf(rows.get('past')),
        },
        place: parsed(rows.get('place')),
      });
    },
    save(part) {
      database.exec('BEGIN IMMEDIATE');
      try {
        putAll(part);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
      return Promise.resolve();
    },
  };
}

function rowOf(row: unknown): readonly (readonly [string, Uint8Array])[] {
  if (typeof row !== 'object' || row === null || !('key' in row) || !('value' in row)) return [];
  const { key, value } = row;
  return typeof key === 'string' && value instanceof Uint8Array ? [[key, value]] : [];
}

function bytesOf(ids: Uint32Array): Uint8Array {
  return Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
}

/** Whole numbers only; bytes left over at the end are dropped. */
function idsOf(bytes: Uint8Array | undefined): Uint32Array {
  if (bytes === undefined) return new Uint32Array(0);
  const whole = bytes.slice(0, bytes.byteLength - (bytes.byteLength % 4));
  return new Uint32Array(Uint8Array.from(whole).buffer);
}

function parsed(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes === undefined ? null : JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}
