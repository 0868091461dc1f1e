import type { Measured } from '../../../shared/measured-sound.ts';
import type { FilePart } from '../../../shared/track-sound.ts';

/** How long to rest for each moment of work: 0 not at all, Infinity until there is another word. */
export type RestPerWork = number;

/** Every job has a number of its own, so that a late message can't be taken for its successor's. */
export type ToAnalyser =
  | {
      readonly kind: 'analyse';
      readonly job: number;
      /** Absolute, or on the app's own origin. */
      readonly url: string;
      readonly part: FilePart | null;
    }
  | { readonly kind: 'pace'; readonly restPerWork: RestPerWork }
  | { readonly kind: 'cancel' };

export type FromAnalyser =
  /** It works: told now and then. */
  | { readonly kind: 'progressed'; readonly job: number }
  | { readonly kind: 'ended'; readonly job: number; readonly measured: Measured };
