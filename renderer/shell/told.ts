import type { Notice, UndoStep } from '../../shared/contract.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** What a toast tells; its words are chosen where it is shown. */
export type Told =
  | { readonly kind: 'undo'; readonly step: UndoStep }
  | { readonly kind: 'undone'; readonly step: UndoStep }
  | { readonly kind: 'nothing_to_undo' }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** A link named a track: it is played, from there on, when the listener wants it. */
  | {
      readonly kind: 'play_offer';
      readonly id: number;
      readonly title: string;
      readonly seconds: number;
    }
  | { readonly kind: 'error'; readonly code: ErrorCode };
