/** Times are milliseconds since 1970. Nothing in this file is made by the listener. */
export const events = `
-- What happened, in the order in which it was noted; appended to, and trimmed by age.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- JSON, as the registry of events has it.
  data TEXT NOT NULL
);
CREATE INDEX events_by_type ON events (type, at);
CREATE INDEX events_by_time ON events (at);

-- What left the machine or is about to; a row is written before anything is sent.
CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  -- The listener's consent under which it was made: 1 or 2.
  level INTEGER NOT NULL,
  -- Byte for byte what is sent.
  body TEXT NOT NULL,
  -- waiting, sent, withdrawn (consent was taken back) or given_up.
  state TEXT NOT NULL,
  settled_at INTEGER,
  tries INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- The consent as it was last given, and the last event that is in a batch or from before consent.
CREATE TABLE consent (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  level INTEGER NOT NULL,
  through INTEGER NOT NULL
);

-- Links from outside that were opened. The first is kept for good, the others for 30 days.
CREATE TABLE link_touches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  target TEXT NOT NULL,
  -- '' where the link has none.
  utm_source TEXT NOT NULL,
  utm_medium TEXT NOT NULL,
  utm_campaign TEXT NOT NULL,
  utm_content TEXT NOT NULL
);

-- Which steps of the path from a link to a subscription were reached; each once for a touch.
CREATE TABLE link_steps (
  touch INTEGER NOT NULL REFERENCES link_touches ON DELETE CASCADE,
  step TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (touch, step)
) WITHOUT ROWID;
`;
