import type { MetricsLevel } from '../../shared/metrics.ts';
import type { WaitingBatch } from './batches.ts';

export interface SenderParts {
  readonly store: {
    setLevel(level: MetricsLevel): Promise<void>;
    dueBatches(app: string): Promise<readonly WaitingBatch[]>;
    batchSent(id: string): Promise<void>;
  };
  /**
   * Posts a body to `/v1/metrics` of the configured service. Null: none is configured.
   * @returns whether the service has it; a rejection is the same as false
   */
  readonly post: ((body: string) => Promise<boolean>) | null;
  /** The listener's consent as it is now. */
  readonly level: () => MetricsLevel;
  /** The version of this app. */
  readonly app: string;
  readonly trouble: (what: string, cause: unknown) => void;
}

/** @returns what is to be called every minute or so, and when the consent changes; never rejects */
export function createSender({ store, post, level, app, trouble }: SenderParts) {
  let turn: Promise<void> = Promise.resolve();

  async function send(): Promise<void> {
    await store.setLevel(level());
    // SECURITY: at level 0 nothing goes beyond this line, nor without a service.
    if (level() === 0 || post === null) return;
    for (const { id, body } of await store.dueBatches(app)) {
      // It may have been taken back since.
      if (level() === 0 || !(await post(body))) return;
      await store.batchSent(id);
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
