import type { MetricsLevel } from '../../shared/metrics.ts';
import type { Backoff } from '../backoff.ts';
import type { WaitingBatch } from './batches.ts';

/** `refused`: it never will be taken; `later`: it may be. */
export type PostOutcome = 'taken' | 'refused' | 'later';

export interface SenderParts {
  readonly store: {
    setLevel(level: MetricsLevel): Promise<void>;
    dueBatches(app: string): Promise<readonly WaitingBatch[]>;
    settleBatch(id: string, outcome: 'sent' | 'given_up'): Promise<void>;
  };
  /**
   * Posts a body to `/v1/metrics` of the configured service. Null: none is configured. A rejection
   * is the same as `later`.
   */
  readonly post: ((body: string) => Promise<PostOutcome>) | null;
  /** How long a service is left alone that does not answer, or asks for it. */
  readonly backoff: Backoff;
  /** The listener's consent as it is now. */
  readonly level: () => MetricsLevel;
  /** The version of this app. */
  readonly app: string;
  readonly trouble: (what: string, cause: unknown) => void;
}

/** @returns what is to be called every minute or so, and when the consent changes; never rejects */
export function createSender({ store, post, backoff, level, app, trouble }: SenderParts) {
  let turn: Promise<void> = Promise.resolve();

  async function send(): Promise<void> {
    await store.setLevel(level());
    // SECURITY: at level 0 nothing goes beyond this line, nor without a service.
    if (level() === 0 || post === null || !backoff.mayTry()) return;
    for (const { id, body } of await store.dueBatches(app)) {
      // It may have been taken back since.
      if (level() === 0) return;
      const outcome = await post(body).catch((cause: unknown) => {
        trouble('What was noted could not be sent', cause);
        return 'later' as const;
      });
      if (outcome === 'later') {
        backoff.failed();
        return;
      }
      backoff.succeeded();
      // One that is refused must not hold up those after it.
      await store.settleBatch(id, outcome === 'taken' ? 'sent' : 'given_up');
    }
  }

  // One after the other, so that none is sent twice.
  return (): Promise<void> => {
    turn = turn.then(send).catch((error: unknown) => {
      trouble('What was noted could not be sent', error);
    });
    return turn;
  };
}
