/** As in 0001: times are milliseconds since 1970, booleans 0 or 1. Seconds are whole or not. */
export const theInstrument = `
-- A file with a cue sheet holds several tracks: numbered from 1, each a part of it. Of all other
-- files the one track is part 0.
ALTER TABLE tracks ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
-- Seconds in the file; an end of null is the file's own.
ALTER TABLE tracks ADD COLUMN part_start REAL;
ALTER TABLE tracks ADD COLUMN part_end REAL;
DROP INDEX tracks_by_place;
CREATE UNIQUE INDEX tracks_by_place ON tracks (source_id, folder, name, part);

-- The cue sheets beside the music, as the last scan found them.
CREATE TABLE cue_sheets (
  source_id INTEGER NOT NULL REFERENCES sources,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  -- Why it says nothing of its sound; null: it is a good one.
  skipped TEXT,
  PRIMARY KEY (source_id, folder, name)
) WITHOUT ROWID;

-- What was measured of a track's sound, in the background.
CREATE TABLE track_sounds (
  track_id INTEGER PRIMARY KEY REFERENCES tracks ON DELETE CASCADE,
  -- The file's time when it was measured; another than the track's 'modified': to be done anew.
  modified INTEGER NOT NULL,
  -- Integrated, in LUFS by EBU R128; null: silence, or it can't be decoded.
  loudness REAL,
  -- The highest true peak, 1 is full scale.
  peak REAL,
  -- The square root of the level, a byte for each of equally long stretches of the track, 255 is
  -- full scale; null: no sound.
  waveform BLOB
);

-- Made by the listener, like likes: a track with one is never deleted.
CREATE TABLE track_loops (
  track_id INTEGER PRIMARY KEY REFERENCES tracks,
  start_seconds REAL NOT NULL,
  end_seconds REAL NOT NULL,
  at INTEGER NOT NULL
);

-- How the listener wants one track to go over into another. Made by the listener, like likes.
CREATE TABLE pair_joins (
  first_id INTEGER NOT NULL REFERENCES tracks,
  second_id INTEGER NOT NULL REFERENCES tracks,
  -- 0: no crossfade between these two.
  crossfade_seconds REAL NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (first_id, second_id)
) WITHOUT ROWID;
CREATE INDEX pair_joins_by_second ON pair_joins (second_id);
`;
