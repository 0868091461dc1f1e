import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import { bytesPiece, pieceBytes, type Piece } from './pieces.ts';
import type { SeenFile } from './replace-file.ts';
import { NotWrittenError, pictureType } from './tag-edit.ts';
import type { FileWish } from './tag-values.ts';

/** What an edit has to remember: copies under way, what takes it back, files that must wait. */
export interface EditJournal {
  readonly begin: (now: number) => Id;
  readonly copyMade: (path: string) => void;
  readonly copyGone: (path: string) => void;
  /** Copies that a crash left. */
  readonly copies: () => readonly string[];
  /** @throws NotWrittenError `undo_full` */
  readonly keep: (edit: Id, track: Id, back: readonly Piece[], written: SeenFile) => void;
  readonly written: (edit: Id) => readonly Id[];
  readonly kept: (edit: Id, track: Id) => KeptFile | null;
  readonly forget: (edit: Id, track: Id) => void;
  /** @param wish null: the edit is to be taken back */
  readonly wait: (edit: Id, track: Id, wish: FileWish | null, seen: SeenFile) => void;
  readonly waiting: () => readonly WaitingEdit[];
  readonly waitingOf: (track: Id) => readonly WaitingEdit[];
  readonly stopWaiting: (edit: Id, track: Id) => void;
}

export interface KeptFile {
  readonly back: readonly Piece[];
  /** The file as the edit left it. */
  readonly seen: SeenFile;
}

export interface WaitingEdit {
  readonly edit: Id;
  readonly track: Id;
  readonly wish: FileWish | null;
  readonly seen: SeenFile;
}

/** Of all edits together; pictures are most of it. */
const mostKeptBytes = 256 * 1024 * 1024;

interface WaitingRow {
  readonly edit: Id;
  readonly track: Id;
  readonly wish: string | null;
  readonly picture: ArrayBuffer | null;
  readonly size: number;
  readonly modified: number;
}

const waitingColumns = 'edit_id AS edit, track_id AS track, wish, picture, size, modified';
const waitingRows = query<WaitingRow>(
  `SELECT ${waitingColumns} FROM pending_edits ORDER BY edit_id`,
);
const waitingOfTrack = query<WaitingRow>(
  `SELECT ${waitingColumns} FROM pending_edits WHERE track_id = ? ORDER BY edit_id`,
);
const keptRow = query<{
  readonly pieces: string;
  readonly bytes: ArrayBuffer;
  readonly size: number;
  readonly modified: number;
}>('SELECT pieces, bytes, size, modified FROM edited_files WHERE edit_id = ? AND track_id = ?');
const keptBytes = query<{ total: number | null }>(
  'SELECT sum(length(bytes)) AS total FROM edited_files',
);
const oldestKept = query<{ edit: Id }>('SELECT min(edit_id) AS edit FROM edited_files');
const copyRows = query<{ path: string }>('SELECT path FROM edit_copies');

/** What an earlier run could take back is forgotten, for nobody can ask for it any more. */
export function openEditJournal(db: Database): EditJournal {
  db.run(`DELETE FROM edited_files WHERE NOT EXISTS (SELECT 1 FROM pending_edits AS pending
    WHERE pending.edit_id = edited_files.edit_id AND pending.track_id = edited_files.track_id
    AND pending.wish IS NULL)`);

  function makeRoom(bytes: number, edit: Id): void {
    for (;;) {
      if ((db.first(keptBytes)?.total ?? 0) + bytes <= mostKeptBytes) return;
      const oldest = db.first(oldestKept)?.edit ?? edit;
      if (oldest >= edit) throw new NotWrittenError('undo_full');
      db.run('DELETE FROM edited_files WHERE edit_id = ?', oldest);
    }
  }

  return {
    begin: (now) => db.run('INSERT INTO edits (at) VALUES (?)', now).lastId,
    copyMade: (path) => void db.run('INSERT OR REPLACE INTO edit_copies (path) VALUES (?)', path),
    copyGone: (path) => void db.run('DELETE FROM edit_copies WHERE path = ?', path),
    copies: () => db.all(copyRows).map(({ path }) => path),
    keep(edit, track, back, { size, modified }) {
      const bytes = Buffer.concat(
        back.map((piece) => (piece.kind === 'bytes' ? piece.bytes : none)),
      );
      makeRoom(bytes.length, edit);
      db.run(
        `INSERT OR REPLACE INTO edited_files (edit_id, track_id, size, modified, pieces, bytes)
        VALUES (?, ?, ?, ?, ?, ?)`,
        edit,
        track,
        size,
        modified,
        JSON.stringify(back.map(withoutBytes)),
        bytes,
      );
    },
    written: (edit) => [
      ...db.ids('SELECT track_id AS id FROM edited_files WHERE edit_id = ? ORDER BY id', edit),
    ],
    kept(edit, track) {
      const row = db.first(keptRow, edit, track);
      if (row === undefined) return null;
      const { size, modified } = row;
      return { back: withBytes(row.pieces, Buffer.from(row.bytes)), seen: { size, modified } };
    },
    forget: (edit, track) =>
      void db.run('DELETE FROM edited_files WHERE edit_id = ? AND track_id = ?', edit, track),
    wait(edit, track, wish, { size, modified }) {
      const picture = wish?.cover.kind === 'set' ? wish.cover.picture.bytes : null;
      db.run(
        `INSERT OR REPLACE INTO pending_edits (edit_id, track_id, wish, picture, size, modified)
        VALUES (?, ?, ?, ?, ?, ?)`,
        edit,
        track,
        wish && JSON.stringify(wish, (name, value: unknown) => (name === 'picture' ? null : value)),
        picture,
        size,
        modified,
      );
    },
    waiting: () => db.all(waitingRows).map(asWaiting),
    waitingOf: (track) => db.all(waitingOfTrack, track).map(asWaiting),
    stopWaiting: (edit, track) =>
      void db.run('DELETE FROM pending_edits WHERE edit_id = ? AND track_id = ?', edit, track),
  };
}

const none = Buffer.alloc(0);

/** A piece as JSON: of bytes their number, for they lie one behind the other in a blob. */
type StoredPiece = Exclude<Piece, { readonly kind: 'bytes' }> | { readonly length: number };

function withoutBytes(piece: Piece): StoredPiece {
  return piece.kind === 'bytes' ? { length: pieceBytes(piece) } : piece;
}

function withBytes(pieces: string, bytes: Buffer): Piece[] {
  let at = 0;
  return (JSON.parse(pieces) as StoredPiece[]).map((piece) => {
    if (!('length' in piece)) return piece;
    at += piece.length;
    return bytesPiece(bytes.subarray(at - piece.length, at));
  });
}

function asWaiting({ edit, track, wish, picture, size, modified }: WaitingRow): WaitingEdit {
  const seen = { size, modified };
  if (wish === null) return { edit, track, wish: null, seen };
  const stored = JSON.parse(wish) as FileWish;
  if (stored.cover.kind !== 'set' || picture === null) return { edit, track, wish: stored, seen };
  const bytes = new Uint8Array(picture);
  const mimeType = pictureType(bytes) ?? 'image/jpeg';
  const cover = { ...stored.cover, picture: { mimeType, bytes } };
  return { edit, track, wish: { ...stored, cover }, seen };
}
