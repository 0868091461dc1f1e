import { z } from 'zod';
import type { Snapshot } from './snapshots.ts';

/**
 * What keeps the app from starting as usual. The window shows it as a choice; nothing is
 * overwritten or removed before the listener has chosen, and the old file is always kept.
 */
export type StartProblem =
  | { readonly kind: 'settings_damaged'; readonly file: string }
  | { readonly kind: 'database_newer'; readonly file: string; readonly version: number }
  | {
      readonly kind: 'database_damaged';
      readonly file: string;
      /** The newest copy that is whole, which `go_back` puts in its place. */
      readonly copy: Snapshot | null;
    };

export const StartChoice = z.enum(['set_aside', 'go_back', 'try_again', 'quit']);
export type StartChoice = z.infer<typeof StartChoice>;

export interface AboutView {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** True when the runtime is not the one package.json names (development only). */
  readonly standInRuntime: boolean;
  readonly qa: boolean;
}
