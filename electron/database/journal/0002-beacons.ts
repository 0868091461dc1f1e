/** Times are milliseconds since 1970. */
export const beacons = `
-- What ads are to be told of themselves; each row is written before anything is sent, and stays a
-- while afterwards, so that no event is told twice.
CREATE TABLE beacons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  serving TEXT NOT NULL,
  event TEXT NOT NULL,
  -- An event may have several addresses, told apart by their place.
  place INTEGER NOT NULL,
  address TEXT NOT NULL,
  host TEXT NOT NULL,
  -- Of our own service, which knows a repeated one by its key.
  own INTEGER NOT NULL,
  at INTEGER NOT NULL,
  heard_seconds REAL NOT NULL,
  code INTEGER,
  -- waiting, sending (others' only: it may have arrived), sent or dropped.
  state TEXT NOT NULL DEFAULT 'waiting',
  tries INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  UNIQUE (serving, event, place)
);
CREATE INDEX beacons_by_state ON beacons (state, due_at);

-- Also of rows that are gone.
CREATE TABLE beacon_counts (
  outcome TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) WITHOUT ROWID;
`;
