import { z } from 'zod';

/** Names a copy of the library by its time; its files are named after it. */
export const SnapshotId = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/);
export type SnapshotId = z.infer<typeof SnapshotId>;

/** Why a copy was made. */
export const SnapshotReason = z.enum(['regular', 'asked', 'before_upgrade', 'before_restore']);
export type SnapshotReason = z.infer<typeof SnapshotReason>;

const count = z.int().min(0);

/** What a library holds, counted. */
export const LibraryCounts = z.object({
  tracks: count,
  likes: count,
  ratings: count,
  plays: count,
  playlists: count,
});
export type LibraryCounts = z.infer<typeof LibraryCounts>;

/** A whole copy of the library's database. */
export interface Snapshot {
  readonly id: SnapshotId;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly bytes: number;
  readonly reason: SnapshotReason;
  readonly counts: LibraryCounts;
}

/** What going back to a copy would change in the present library. */
export interface RestorePreview {
  readonly tracks: GainAndLoss;
  readonly likes: GainAndLoss;
  /** Other stars count as gained and as lost. */
  readonly ratings: GainAndLoss;
  /** Loops of tracks, and how the listener joined pairs: changed ones count like stars. */
  readonly loops: GainAndLoss;
  readonly joins: GainAndLoss;
  readonly plays: GainAndLoss;
  readonly playlists: readonly PlaylistDifference[];
}

export interface GainAndLoss {
  readonly gained: number;
  readonly lost: number;
}

/** A playlist that comes back, goes, or has other tracks or another name. */
export interface PlaylistDifference {
  readonly kind: 'gained' | 'lost' | 'changed';
  /** As it is called afterwards; of a lost one, now. */
  readonly name: string;
  /** Null: it is not there. */
  readonly tracksNow: number | null;
  readonly tracksThen: number | null;
}
