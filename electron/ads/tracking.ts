import { randomInt } from 'node:crypto';
import type { BeaconEvent } from '../../service/api/ads.ts';
import type { Macros } from './macros.ts';
import { fillMacros, playhead } from './macros.ts';

/** Beside the events of our own service, those that other servers ask for. */
export type TrackedEvent =
  | BeaconEvent
  | 'loaded'
  | 'viewUndetermined'
  | 'verificationNotExecuted'
  | 'companionView'
  | 'companionClick'
  | 'companionError';

/** Who wants to hear of one serving of an ad, and of what. */
export interface AdTracking {
  /** VAST's AdServingId: no event of it is ever told twice. */
  readonly serving: string;
  /** With macros still in them. */
  readonly addresses: Readonly<Partial<Record<TrackedEvent, readonly string[]>>>;
  readonly progress: readonly {
    readonly offset: number;
    readonly unit: 'seconds' | 'percent';
    readonly addresses: readonly string[];
  }[];
  /** VAST's number for why there is no companion; null: there is one, or none was meant to be. */
  readonly companionFault: number | null;
  /** What is known of the ad itself. */
  readonly macros: Macros;
}

/** One event to be told, once, to all of its addresses. */
export interface Beacon {
  readonly serving: string;
  readonly event: string;
  readonly addresses: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly heardSeconds: number;
  /** Of an error; null: it is none. */
  readonly code: number | null;
}

/** Fits the session's events of a spot by shape. */
export interface SpotHappening {
  readonly kind: string;
  readonly heardSeconds?: number;
  readonly code?: number;
}

export interface Tracker {
  /** Of heard time: the places that the ad wants told of, when they are reached. */
  readonly tellAtSeconds: readonly number[];
  /** An event of the spot, in the order in which they happen. */
  readonly happened: (event: SpotHappening) => void;
  /** The listener followed the ad to where it leads. */
  readonly clicked: () => void;
}

export interface TrackerParts {
  readonly tracking: AdTracking;
  /** As the sound has it. */
  readonly seconds: number;
  /** Its place in the break, from 1, and the number of spots there. */
  readonly place: number;
  readonly count: number;
  readonly hasCompanion: boolean;
  readonly post: (beacon: Beacon) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** All that begins with the first audible sample. */
const beginnings = [
  'impression',
  'viewUndetermined',
  'creativeView',
  'start',
  'verificationNotExecuted',
] as const satisfies readonly TrackedEvent[];
/** VAST's reason for a measuring program that was not run: none ever is. */
const notSupported = '2';
/** Of VAST's places: in the middle of what is played. */
const midBreak = '2';

/**
 * Turns what happened to a spot into beacons. Nothing is told of an ad that was not heard but that;
 * after its end only clicks are. Places that an ad wants told of go out with the first event of any
 * kind that knows they were heard.
 */
export function createTracker(parts: TrackerParts): Tracker {
  const { tracking, seconds, hasCompanion } = parts;
  const places = tracking.progress
    .map(({ offset, unit, addresses }) => ({
      heardSeconds: unit === 'percent' ? (seconds * offset) / 100 : offset,
      event: `progress-${offset}${unit === 'percent' ? '%' : ''}`,
      addresses,
    }))
    .toSorted((a, b) => a.heardSeconds - b.heardSeconds);
  let begun = false;
  let over = false;
  let heard = 0;

  function tell(event: TrackedEvent, code: number | null = null): void {
    send(event, tracking.addresses[event] ?? [], heard, code);
  }

  function send(
    event: string,
    templates: readonly string[],
    heardSeconds: number,
    code: number | null,
  ): void {
    if (templates.length === 0) return;
    const macros = {
      ...tracking.macros,
      ADPLAYHEAD: playhead(heardSeconds),
      BREAKPOSITION: midBreak,
      PODSEQUENCE: String(parts.place),
      ADCOUNT: String(parts.count),
      REASON: notSupported,
    };
    const { serving } = tracking;
    const at = parts.now();
    parts.post(beaconOf({ serving, event, templates, at, heardSeconds, code, macros }));
  }

  function begin(): void {
    begun = true;
    for (const event of beginnings) tell(event);
    if (hasCompanion) tell('companionView');
    const { companionFault: fault } = tracking;
    if (fault !== null) tell('companionError', fault);
  }

  /** Up to here the ad was heard. */
  function advance(heardSeconds: number): void {
    const reached = places.filter((place) => place.heardSeconds <= heardSeconds);
    for (const place of places.splice(0, reached.length)) {
      send(place.event, place.addresses, place.heardSeconds, null);
    }
    heard = Math.max(heard, heardSeconds);
  }

  return {
    tellAtSeconds: [...new Set(places.map((place) => place.heardSeconds))],
    happened({ kind, heardSeconds = 0, code = 900 }) {
      if (over) return;
      if (begun) advance(heardSeconds);
      switch (kind) {
        case 'impression':
          if (!begun) begin();
          break;
        case 'firstQuartile':
        case 'midpoint':
        case 'thirdQuartile':
        case 'pause':
        case 'resume':
          if (begun) tell(kind);
          break;
        case 'complete':
        case 'skip':
        case 'closeLinear':
          over = true;
          // It ended before it could be heard.
          tell(begun ? kind : 'notUsed');
          break;
        case 'loaded':
          if (!begun) tell(kind);
          break;
        case 'notUsed':
          over = true;
          if (!begun) tell(kind);
          break;
        case 'error':
          over = true;
          tell(kind, code);
          break;
      }
    },
    clicked() {
      if (!begun) return;
      tell('clickThrough');
      if (hasCompanion) tell('companionClick');
    },
  };
}

/** What a beacon is made of. */
export interface Telling {
  readonly serving: string;
  readonly event: string;
  readonly templates: readonly string[];
  readonly at: number;
  readonly heardSeconds?: number;
  readonly code?: number | null;
  readonly macros?: Macros;
}

export function beaconOf(telling: Telling): Beacon {
  const { serving, event, templates, at, heardSeconds = 0, code = null, macros } = telling;
  const values = {
    ...macros,
    ADSERVINGID: serving,
    TIMESTAMP: new Date(at).toISOString(),
    CACHEBUSTING: String(randomInt(1e8)).padStart(8, '0'),
    LIMITADTRACKING: '1',
    SERVERSIDE: '0',
    ...(code !== null && { ERRORCODE: String(code) }),
  };
  const addresses = templates.map((template) => fillMacros(template, values));
  return { serving, event, addresses, at, heardSeconds, code };
}
