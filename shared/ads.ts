/** What stands in the banner slot of a free listener. Images come from the app's own origin. */
export interface BannerView {
  readonly id: string;
  readonly advertiser: string;
  readonly imageUrl: string;
  readonly alt: string;
  readonly clickHost: string;
  /** Why this ad, in a sentence. */
  readonly why: string;
}

/** What the listener may read of their ads. Times are ISO. */
export interface AdLedger {
  readonly breaksToday: number;
  /** Seconds of audible music still to come before a break may fall due; null on premium. */
  readonly secondsUntilDue: number | null;
  readonly heard: readonly {
    readonly at: string;
    readonly advertiser: string;
    readonly title: string;
  }[];
}
