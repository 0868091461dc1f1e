/** As in 0001: times are milliseconds since 1970, booleans 0 or 1, hashes hexadecimal. */
export const libraryThatLasts = `
ALTER TABLE tracks ADD COLUMN lossless INTEGER NOT NULL DEFAULT 0;
UPDATE tracks SET lossless = 1 WHERE format IN ('flac', 'wav');
-- Of the sound alone, so that no edit of tags changes it. Null until it was read.
ALTER TABLE tracks ADD COLUMN audio_hash TEXT;
CREATE INDEX tracks_by_audio ON tracks (audio_hash) WHERE audio_hash IS NOT NULL;
-- The file's time when its sound was last read; another than 'modified': it is to be read anew.
ALTER TABLE tracks ADD COLUMN audio_modified INTEGER;
CREATE INDEX tracks_unheard ON tracks (id) WHERE audio_modified IS NOT modified;
-- So many missing tracks of a source the listener has said to keep.
ALTER TABLE sources ADD COLUMN missing_kept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tracks_missing ON tracks (source_id) WHERE state = 'missing';

-- All that a file says of itself and no list asks for: a TrackDetails as JSON.
CREATE TABLE track_details (
  track_id INTEGER PRIMARY KEY REFERENCES tracks ON DELETE CASCADE,
  details TEXT NOT NULL
);

-- Made by the listener, like likes: a track with one is never deleted.
CREATE TABLE ratings (
  track_id INTEGER PRIMARY KEY REFERENCES tracks,
  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  at INTEGER NOT NULL
);

-- Every word of three letters and more that stands in a name, folded as in track_words: what a
-- word that finds nothing may have been meant as. A word may outlive its last track.
CREATE TABLE words (
  word TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE VIRTUAL TABLE indexed_words USING fts5vocab(track_words, row);
INSERT INTO words SELECT term FROM indexed_words WHERE length(term) >= 3;
DROP TABLE indexed_words;

CREATE INDEX tracks_by_year ON tracks (year);
-- Holds all that Songs in the order of titles needs, so that a million rows are not read for it.
DROP INDEX tracks_by_title;
CREATE INDEX tracks_by_title ON tracks (title_sort, artist_sort, state);

-- Edits of tags: each run of the editor has a number.
CREATE TABLE edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL
);

-- What makes an edited file the old one again, for undo. Bounded, and emptied at the start.
CREATE TABLE edited_files (
  edit_id INTEGER NOT NULL REFERENCES edits,
  track_id INTEGER NOT NULL REFERENCES tracks ON DELETE CASCADE,
  -- The file as the edit left it: one that differs was changed by others and is not taken back.
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  -- JSON: ranges of the edited file, and lengths of what comes from 'bytes', in order.
  pieces TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (edit_id, track_id)
);

-- Edits of tracks that play or come next: written when they no longer do.
CREATE TABLE pending_edits (
  edit_id INTEGER NOT NULL REFERENCES edits,
  track_id INTEGER NOT NULL REFERENCES tracks ON DELETE CASCADE,
  -- JSON; null: the edit is to be taken back.
  wish TEXT,
  -- A new cover.
  picture BLOB,
  -- The file as it was when the edit was asked for.
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  PRIMARY KEY (track_id, edit_id)
);

-- Copies that edits are working on; what stands here at the start was left by a crash.
CREATE TABLE edit_copies (path TEXT PRIMARY KEY) WITHOUT ROWID;

-- Files that were read before there were details are read once more: no file has this time.
UPDATE tracks SET modified = -1;
-- Pictures are known by another hash since.
UPDATE folder_pictures SET modified = -1;
`;
