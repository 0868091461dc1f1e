import { z } from 'zod';

/**
 * What may leave this machine. 0: nothing. 1: how often each kind of event happened on a day.
 * 2: the events themselves, as far as the registry lets them.
 */
export const MetricsLevel = z.union([z.literal(0), z.literal(1), z.literal(2)]);
export type MetricsLevel = z.infer<typeof MetricsLevel>;

/** What the inspector says of one kind of event. */
export interface EventNote {
  readonly type: string;
  readonly purpose: string;
  readonly retentionDays: number;
  /** `count`: never more than how many there were. */
  readonly leaves: 'count' | 'whole';
  /** How many are kept now. */
  readonly count: number;
}

/** As CloudEvents names its parts: https://github.com/cloudevents/spec. */
export interface NotedEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** ISO. */
  readonly time: string;
  readonly data: unknown;
}

/** What was made to be sent, byte for byte. */
export interface BatchView {
  readonly id: string;
  /** ISO. */
  readonly at: string;
  readonly level: MetricsLevel;
  readonly state: 'waiting' | 'sent' | 'withdrawn' | 'given_up';
  readonly body: string;
}

export interface InspectorView {
  readonly types: readonly EventNote[];
  /** Newest first. */
  readonly events: readonly NotedEvent[];
  readonly batches: readonly BatchView[];
  /** False: no service is configured, so nothing is sent whatever the level. */
  readonly canSend: boolean;
}

/** Null: there is nothing to say yet. Rates are parts of 1. Windows of time as the words say. */
export interface Figures {
  readonly weeklyHours: number | null;
  /** Hours of music in each of the last 12 weeks of 7 days, the present one last. */
  readonly hoursByWeek: readonly number[];
  readonly activated: boolean | null;
  readonly backOnDay1: boolean | null;
  readonly backOnDay7: boolean | null;
  readonly backOnDay30: boolean | null;
  readonly stickiness: number | null;
  readonly offersShown: number;
  readonly trials: number;
  readonly paid: number;
  readonly adSecondsPerHour: number | null;
  readonly fill: number | null;
  readonly completion: number | null;
  readonly fatigue: number | null;
  readonly searchSuccess: number | null;
  readonly firstSoundP95Milliseconds: number | null;
  readonly stallsPerHour: number | null;
  readonly loudnessBreaches: number;
  readonly beaconLoss: number | null;
}
