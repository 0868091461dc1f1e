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

CREATE INDEX tracks_by_year ON tracks (year);
-- Holds all that Songs in the order of titles needs, so that a million rows are not read for it.
DROP INDEX tracks_by_title;
CREATE INDEX tracks_by_title ON tracks (title_sort, artist_sort, state);

-- Files that were read before there were details are read once more: no file has this time.
UPDATE tracks SET modified = -1;
`;
