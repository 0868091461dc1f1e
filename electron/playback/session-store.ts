import type { Database } from '../database.ts';
import { query } from '../database.ts';
import type { SavedPart, SavedQueue, SavedSession } from './saved-session.ts';

/** Where the session outlives the process, as main sees it: the library process holds it. */
export interface SessionStore {
  /** Null: nothing was ever saved. What is damaged inside is judged by `restoreSession`. */
  readonly load: () => Promise<SavedSession | null>;
  /** One transaction. A part that is absent stays as it was saved last. */
  readonly save: (part: SavedPart) => Promise<void>;
}

/** The same where it lives. */
export interface SessionTable {
  readonly load: () => SavedSession | null;
  readonly save: (part: SavedPart) => void;
}

const saved = query<{ key: string; value: unknown }>('SELECT key, value FROM session_state');

/**
 * Over the table `session_state`: ids as 32-bit numbers in the byte order of every system that
 * Electron runs on (little-endian), the place as JSON.
 */
export function createSessionStore(
  database: Pick<Database, 'all' | 'run' | 'transaction'>,
): SessionTable {
  function put(key: string, value: Uint8Array): void {
    database.run('INSERT OR REPLACE INTO session_state (key, value) VALUES (?, ?)', key, value);
  }

  function putQueue({ entryIds, trackIds, order, past }: SavedQueue): void {
    put('entryIds', bytesOf(entryIds));
    put('trackIds', bytesOf(trackIds));
    put('past', bytesOf(past));
    if (order === null) database.run("DELETE FROM session_state WHERE key = 'order'");
    else put('order', bytesOf(order));
  }

  return {
    load() {
      const rows = new Map(database.all(saved).map(({ key, value }) => [key, bufferOf(value)]));
      if (rows.size === 0) return null;
      const order = rows.get('order');
      return {
        queue: {
          entryIds: idsOf(rows.get('entryIds')),
          trackIds: idsOf(rows.get('trackIds')),
          order: order === undefined ? null : idsOf(order),
          past: idsOf(rows.get('past')),
        },
        place: parsed(rows.get('place')),
      };
    },
    save({ queue, place }) {
      database.transaction(() => {
        if (queue !== undefined) putQueue(queue);
        if (place !== undefined) put('place', Buffer.from(JSON.stringify(place)));
      });
    },
  };
}

function bytesOf(ids: Uint32Array): Uint8Array {
  return Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
}

/** Anything but a blob was not written here and counts as empty. */
function bufferOf(value: unknown): Buffer {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  return value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0);
}

/** Bytes left over at the end are dropped. */
function idsOf(bytes: Buffer | undefined): Uint32Array {
  const ids = new Uint32Array(Math.floor((bytes?.length ?? 0) / 4));
  return ids.map((_, index) => bytes?.readUInt32LE(index * 4) ?? 0);
}

function parsed(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? 'null');
  } catch {
    return null;
  }
}
