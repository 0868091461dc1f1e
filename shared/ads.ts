import { z } from 'zod';

/** What stands in the banner slot of a free listener. Images come from the app's own origin. */
export interface BannerView {
  readonly id: string;
  readonly advertiser: string;
  readonly imageUrl: string;
  readonly alt: string;
  readonly clickHost: string;
  readonly why: AdReason;
}

/** Why an ad was chosen: for a genre heard lately, by turns alone, or it was heard in a break. */
export type AdReason =
  | { readonly kind: 'genre'; readonly genre: string }
  | { readonly kind: 'turns'; readonly house: boolean };

/** What a listener thinks of an ad: this one never again, or fewer of its kind. */
export const AdJudgement = z.enum(['never', 'not_my_taste']);
export type AdJudgement = z.infer<typeof AdJudgement>;

/** What the listener may read of their ads. Times are ISO. */
export interface AdLedger {
  readonly breaksToday: number;
  /** Seconds of audible music still to come before a break may fall due; null on premium. */
  readonly secondsUntilDue: number | null;
  /** Newest first. */
  readonly heard: readonly HeardAd[];
  /** What was turned down, newest first; each can be taken back, however long ago it was heard. */
  readonly judged: readonly JudgedAd[];
}

export interface HeardAd {
  readonly at: string;
  /** This one playing of it. */
  readonly spot: string;
  /** The same for each playing. */
  readonly creative: string;
  readonly advertiser: string;
  readonly title: string;
  readonly judgements: readonly AdJudgement[];
}

export interface JudgedAd {
  readonly creative: string;
  readonly judgement: AdJudgement;
  readonly advertiser: string;
  readonly title: string;
}

/** The window's answer about an ad's sound; both null where it can't be measured. */
export const MeasuredAd = z.object({
  mediaUrl: z.string().max(300),
  /** Integrated loudness. */
  lufs: z.number().min(-100).max(50).nullable(),
  /** The highest true peak, 1 is full scale. */
  peak: z.number().min(0).max(1e6).nullable(),
});
export type MeasuredAd = z.infer<typeof MeasuredAd>;

/** What became of the messages by which ads are counted. */
export interface OutboxView {
  readonly sent: number;
  readonly waiting: number;
  readonly dropped: number;
  /** The newest first. */
  readonly recent: readonly {
    /** Milliseconds since 1970. */
    readonly at: number;
    /** As VAST calls it: `impression`, `complete`. */
    readonly event: string;
    readonly host: string;
    readonly state: 'waiting' | 'sending' | 'sent' | 'dropped';
  }[];
}
