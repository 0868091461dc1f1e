/**
 * What a file says of itself beyond its row: kept whole for the player's other parts (gain, gapless
 * joins, lyrics) and shown in a track's details. What a file does not say is absent.
 */
export interface TrackDetails {
  readonly tracks?: number;
  readonly discs?: number;
  /** As written, "1997", "1997-05" or "1997-05-21". */
  readonly date?: string;
  readonly originalDate?: string;
  readonly composers?: readonly string[];
  readonly comment?: string;
  /** Lines parted by "\n"; synchronised ones with their times, as LRC. */
  readonly lyrics?: string;
  readonly label?: string;
  readonly isrc?: string;
  readonly beatsPerMinute?: number;
  readonly titleSort?: string;
  readonly artistSort?: string;
  readonly albumSort?: string;
  readonly albumArtistSort?: string;
  readonly replayGain?: { readonly track?: Gain; readonly album?: Gain };
  /** Opus header and R128 tags, in decibels relative to −23 LUFS. */
  readonly r128?: { readonly track?: number; readonly album?: number };
  /** Samples that the encoder put in front and behind. */
  readonly encoderDelay?: number;
  readonly encoderPadding?: number;
  readonly musicbrainz?: {
    readonly recording?: string;
    readonly track?: string;
    readonly release?: string;
    readonly releaseGroup?: string;
    readonly artists?: readonly string[];
    readonly albumArtists?: readonly string[];
  };
  readonly chapters?: readonly Chapter[];
  /** "MPEG 1 Layer 3", "FLAC", "AAC", "ALAC" … */
  readonly codec?: string;
  /** Bits per second, on the average of the whole file. */
  readonly bitRate?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly bitDepth?: number;
}

export interface Gain {
  readonly decibels: number;
  /** 1 is full scale. */
  readonly peak?: number;
}

export interface Chapter {
  readonly title: string;
  readonly seconds: number;
}
