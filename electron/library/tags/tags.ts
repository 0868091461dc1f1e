import type { SkipReason } from '../../../shared/library.ts';
import type { TrackDetails } from '../../../shared/track-details.ts';
import type { AudioFormat } from '../../../shared/track.ts';

/** What a file says of its music. Absent texts are '', absent numbers null. */
export interface Tags {
  readonly format: AudioFormat;
  readonly title: string;
  readonly artists: readonly string[];
  readonly albumArtists: readonly string[];
  readonly album: string;
  readonly compilation: boolean;
  readonly genres: readonly string[];
  readonly seconds: number;
  readonly track: number | null;
  readonly disc: number | null;
  readonly year: number | null;
  /** The release's MusicBrainz id. */
  readonly musicbrainz: string | null;
  /** What the embedded front cover is known by, see `pictureHash`. */
  readonly picture: string | null;
  readonly lossless: boolean;
  /** The cue sheet inside the file, as written. */
  readonly cueSheet: string | null;
  readonly details: TrackDetails;
}

export type TagReading =
  | { readonly kind: 'read'; readonly tags: Tags }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  /** The file is not there any more. */
  | { readonly kind: 'gone' };
