/** Times are milliseconds since 1970, booleans 0 or 1, hashes hexadecimal sha256. */
export const library = `
-- A folder that the listener gave us, the sample music, or (kind 'opened', path '') the place of
-- files that were opened one by one. A removed source is kept while the listener's data needs it.
CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('folder', 'sample', 'opened')),
  away INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE artists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- The name folded: two spellings with the same key are one artist.
  key TEXT NOT NULL UNIQUE,
  sort TEXT NOT NULL
);
CREATE INDEX artists_by_sort ON artists (sort);

CREATE TABLE albums (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  title_sort TEXT NOT NULL,
  -- As shown; several joined with ", ". The id is the first one's.
  artist TEXT NOT NULL,
  artist_id INTEGER NOT NULL REFERENCES artists,
  year INTEGER,
  musicbrainz TEXT,
  -- Where the album was first met, a disc's own folder left out. Part of its identity.
  source_id INTEGER NOT NULL,
  folder TEXT NOT NULL,
  -- 'tags': an album artist was written; 'guess': it is the first track's artist; 'various': many.
  credit TEXT NOT NULL CHECK (credit IN ('tags', 'guess', 'various'))
);
CREATE INDEX albums_by_key ON albums (title_key, source_id, folder);
CREATE INDEX albums_by_sort ON albums (title_sort);
CREATE INDEX albums_by_artist ON albums (artist_id);
CREATE INDEX albums_by_musicbrainz ON albums (musicbrainz) WHERE musicbrainz IS NOT NULL;

CREATE TABLE tracks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES sources,
  -- Relative to the source, '/' between parts, '' its root, spelled exactly as the disk spells it.
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  -- 'here', 'missing': its file is gone, 'removed': its source was taken out of the library.
  state TEXT NOT NULL DEFAULT 'here' CHECK (state IN ('here', 'missing', 'removed')),
  format TEXT NOT NULL,
  title TEXT NOT NULL,
  title_sort TEXT NOT NULL,
  artist TEXT NOT NULL,
  artist_id INTEGER NOT NULL REFERENCES artists,
  artist_sort TEXT NOT NULL,
  album_id INTEGER NOT NULL REFERENCES albums,
  -- As shown; several joined with ", ".
  genre TEXT NOT NULL,
  seconds REAL NOT NULL,
  track INTEGER,
  disc INTEGER,
  year INTEGER,
  cover TEXT,
  -- Where the cover's picture lies.
  cover_from TEXT CHECK (cover_from IN ('tags', 'folder')),
  added INTEGER NOT NULL
);
CREATE UNIQUE INDEX tracks_by_place ON tracks (source_id, folder, name);
CREATE INDEX tracks_by_album ON tracks (album_id);
CREATE INDEX tracks_by_artist ON tracks (artist_id);
CREATE INDEX tracks_by_title ON tracks (title_sort);
CREATE INDEX tracks_by_file ON tracks (size, modified);
CREATE INDEX tracks_by_cover ON tracks (cover) WHERE cover IS NOT NULL;

CREATE TABLE track_artists (
  track_id INTEGER NOT NULL REFERENCES tracks ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists,
  PRIMARY KEY (track_id, artist_id)
) WITHOUT ROWID;
CREATE INDEX track_artists_by_artist ON track_artists (artist_id);

CREATE TABLE genres (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE
);

CREATE TABLE track_genres (
  track_id INTEGER NOT NULL REFERENCES tracks ON DELETE CASCADE,
  genre_id INTEGER NOT NULL REFERENCES genres,
  PRIMARY KEY (track_id, genre_id)
) WITHOUT ROWID;
CREATE INDEX track_genres_by_genre ON track_genres (genre_id);

-- The pictures that lie in folders beside the music, as the last scan found them.
CREATE TABLE folder_pictures (
  source_id INTEGER NOT NULL REFERENCES sources,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (source_id, folder)
) WITHOUT ROWID;
CREATE INDEX folder_pictures_by_hash ON folder_pictures (hash);

-- What the listener made. A track with any of it is never deleted: nothing here cascades.
CREATE TABLE likes (
  track_id INTEGER PRIMARY KEY REFERENCES tracks,
  at INTEGER NOT NULL
);

CREATE TABLE plays (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  track_id INTEGER NOT NULL REFERENCES tracks,
  at INTEGER NOT NULL
);
CREATE INDEX plays_by_track ON plays (track_id, at);

CREATE TABLE playlists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL
);

CREATE TABLE playlist_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  playlist_id INTEGER NOT NULL REFERENCES playlists ON DELETE CASCADE,
  track_id INTEGER NOT NULL REFERENCES tracks,
  -- Orders the playlist; has gaps, so that an item moves without moving the others.
  position REAL NOT NULL
);
CREATE INDEX playlist_items_in_order ON playlist_items (playlist_id, position);
CREATE INDEX playlist_items_by_track ON playlist_items (track_id);

-- Words to search, folded as fold.ts says; the row id is the id of what is found.
CREATE VIRTUAL TABLE track_words USING fts5 (
  title, artist, album, album_artist,
  content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '1 2 3'
);
CREATE VIRTUAL TABLE album_words USING fts5 (
  title, artist,
  content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '1 2 3'
);
CREATE VIRTUAL TABLE artist_words USING fts5 (
  name,
  content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '1 2 3'
);

-- The playback session, written and read by it alone.
CREATE TABLE session_state (
  key TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;
`;
