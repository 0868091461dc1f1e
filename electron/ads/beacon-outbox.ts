import { createHash } from 'node:crypto';
import type { Beacon as BeaconBody } from '../../service/api/ads.ts';
import type { OutboxView } from '../../shared/ads.ts';
import type { Remote } from '../remote.ts';
import type { BeaconOutcome, BeaconStore, StoredBeacon } from './beacon-store.ts';
import type { Beacon } from './tracking.ts';
import type { WebBounds } from './web-request.ts';
import { NeverSent, getWeb } from './web-request.ts';

/** The account service, as far as ads ask it. Nothing that names the listener goes with it. */
export interface AdService {
  /** Where its own beacons begin: others get no body. */
  readonly origin: string;
  /** @throws when it can't be reached */
  readonly fetch: (request: Request) => Promise<Response>;
}

export interface BeaconOutbox {
  /** Written down at once, sent as soon as may be; an event of a serving only once. */
  readonly post: (beacon: Beacon) => void;
  /** To be called every minute or so: sends what has become due. @returns when it is answered */
  readonly tick: () => Promise<void>;
  readonly view: () => Promise<OutboxView>;
  /** Resolves when all is written, and what is on its way was given a moment. */
  readonly close: () => Promise<void>;
}

export interface BeaconOutboxParts {
  readonly store: Remote<{ beacons: BeaconStore }>['beacons'];
  /** Null: every beacon is for others. */
  readonly service: AdService | null;
  readonly reach: WebBounds['reach'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds since some moment; never goes back. */
  readonly monotonic: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** A beacon has come to its end. */
  readonly settled: (lost: boolean) => void;
  readonly trouble: (what: string, cause: unknown) => void;
}

const minute = 60_000;
const lateMilliseconds = 15 * minute;
const ownMilliseconds = 7 * 24 * 60 * minute;
const firstWaitMilliseconds = 20_000;
const longestWaitMilliseconds = 60 * minute;
const answerMilliseconds = 10_000;
const closeMilliseconds = 1000;
const mostAtOnce = 4;
const mostUnwritten = 200;

/**
 * Delivers beacons. Ours are sent until the service has answered, under a key by which it knows a
 * repeated one: at least once, counted once. Those of others have no key, so a row is marked before
 * it is sent, and is sent again only when it certainly never left: at most once.
 */
export function createOutbox(parts: BeaconOutboxParts): BeaconOutbox {
  const { store, now, monotonic, trouble } = parts;
  const ownAddresses = parts.service === null ? null : `${parts.service.origin}/v1/beacons/`;
  /** By serving and event, when it was written in this run: the wall clock may be moved. */
  const writtenAt = new Map<string, number>();
  let unwritten: readonly Beacon[] = [];
  let writing: Promise<void> = Promise.resolve();
  let sending: Promise<void> = Promise.resolve();
  let closed = false;
  let recovered = false;

  async function writeDown(): Promise<void> {
    if (!recovered) {
      const lost = await store.recover();
      recovered = true;
      for (let count = 0; count < lost; count += 1) parts.settled(true);
    }
    for (let [beacon] = unwritten; beacon !== undefined; [beacon] = unwritten) {
      await store.write(beacon, ownAddresses);
      const written = beacon;
      unwritten = unwritten.filter((each) => each !== written);
    }
  }

  /** One after the other: beacons of a serving are sent in the order in which they are written. */
  function write(): Promise<void> {
    writing = writing.then(writeDown).catch((cause: unknown) => {
      // They stay for the next tick.
      trouble('Writing beacons', cause);
    });
    return writing;
  }

  /** One pass after the other, each until nothing is due: what was written meanwhile is seen. */
  function sendAll(): Promise<void> {
    sending = sending.then(sendUntilNoneIsDue).catch((cause: unknown) => {
      trouble('Sending beacons', cause);
    });
    return sending;
  }

  async function sendUntilNoneIsDue(): Promise<void> {
    while (!closed) {
      const due = await store.due(now(), mostAtOnce);
      if (due.length === 0) return;
      // All are over before another pass may look for what is due.
      const all = due.map(send);
      await Promise.allSettled(all);
      await Promise.all(all);
    }
  }

  async function send(row: StoredBeacon): Promise<void> {
    const outcome = row.own === 1 ? await sendOwn(row) : await sendToOthers(row);
    if (outcome === 'taken') return;
    if (outcome === 'later') {
      const wait = Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** row.tries);
      await store.postpone(row.id, now() + wait * (0.5 + parts.random() / 2));
      return;
    }
    await store.settle(row.id, outcome);
    parts.settled(outcome === 'dropped');
    writtenAt.delete(nameOf(row));
  }

  async function sendOwn(row: StoredBeacon): Promise<BeaconOutcome | 'later'> {
    const { wall, run } = ageOf(row);
    // A clock put forward loses nothing of this run.
    if (Math.min(wall, run ?? wall) > ownMilliseconds) return 'dropped';
    if (parts.service === null || !row.address.startsWith(parts.service.origin)) return 'later';
    const body: BeaconBody = {
      at: new Date(row.at).toISOString(),
      heardSeconds: Math.min(row.heardSeconds, 600),
      late: Math.max(wall, run ?? 0) > lateMilliseconds,
      ...(row.code !== null && { code: row.code }),
    };
    const request = new Request(row.address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': keyOf(row) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerMilliseconds),
    });
    try {
      const response = await parts.service.fetch(request);
      await response.body?.cancel();
      if (response.ok) return 'sent';
      const mayPass = response.status >= 500 || response.status === 429 || response.status === 408;
      return mayPass ? 'later' : 'dropped';
    } catch {
      return 'later';
    }
  }

  async function sendToOthers(row: StoredBeacon): Promise<BeaconOutcome | 'later' | 'taken'> {
    const { wall, run } = ageOf(row);
    // A machine that slept has a monotonic clock that slept too; one of both tells.
    if (Math.max(wall, run ?? 0) > lateMilliseconds) return 'dropped';
    if (!(await store.take(row.id))) return 'taken';
    try {
      const { status } = await getWeb(row.address, {
        mostBytes: 0,
        signal: AbortSignal.timeout(answerMilliseconds),
        reach: parts.reach,
      });
      return status < 400 ? 'sent' : 'dropped';
    } catch (error) {
      return error instanceof NeverSent ? 'later' : 'dropped';
    }
  }

  function ageOf(row: StoredBeacon) {
    const written = writtenAt.get(nameOf(row));
    return {
      wall: Math.max(0, now() - row.at),
      run: written === undefined ? null : monotonic() - written,
    };
  }

  return {
    post(beacon) {
      if (beacon.addresses.length === 0) return;
      unwritten = [...unwritten, beacon].slice(-mostUnwritten);
      writtenAt.set(nameOf(beacon), monotonic());
      for (const oldest of [...writtenAt.keys()].slice(0, -mostUnwritten)) writtenAt.delete(oldest);
      void write().then(sendAll);
    },
    tick: () => write().then(sendAll),
    view: () => store.view(),
    async close() {
      await writing;
      closed = true;
      const moment = AbortSignal.timeout(closeMilliseconds);
      const over = new Promise<void>((resolve) => {
        moment.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([sending, over]);
    },
  };
}

function nameOf({ serving, event }: Pick<Beacon, 'serving' | 'event'>): string {
  return `${serving}\n${event}`;
}

/** The same for the same beacon, however often and in whichever run it is sent. */
function keyOf({ serving, event, place }: StoredBeacon): string {
  return createHash('sha256').update(`${serving}\n${event}\n${place}`).digest('hex');
}
