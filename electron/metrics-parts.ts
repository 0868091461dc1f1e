import type { AccountView } from '../shared/account.ts';
import type { Input, Output, RequestName } from '../shared/contract.ts';
import type { Figures, InspectorView, MetricsLevel } from '../shared/metrics.ts';
import type { EngineReport, SessionView } from '../shared/session.ts';
import { createBackoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { LibraryProcess } from './library-process.ts';
import type { Link } from './links.ts';
import { createActs } from './metrics/acts.ts';
import { createListening } from './metrics/listening.ts';
import { type Note, createRecorder } from './metrics/recorder.ts';
import type { LinkStep } from './metrics/registry.ts';
import { type PostOutcome, createSender } from './metrics/sender.ts';
import { createSpotNotes } from './metrics/spots.ts';
import { createTierNotes } from './metrics/tiers.ts';
import type { AdBreaks } from './playback/ads-port.ts';
import type { Remote } from './remote.ts';
import type { PartHandlers } from './shell/answer.ts';

/** What Refrain notes for itself, and the listener's view of it. */
export interface Metrics {
  readonly note: Note;
  readonly inspect: () => Promise<InspectorView>;
  readonly figures: () => Promise<Figures>;
  /** @returns JSON of what a batch of the last day would be */
  readonly preview: (level: 1 | 2) => Promise<string>;
  readonly removeAll: () => Promise<void>;
  readonly follow: (view: SessionView) => void;
  readonly heard: (report: EngineReport) => void;
  /** A link from outside was opened. */
  readonly touched: (link: Link) => void;
  readonly standingChanged: (view: AccountView) => void;
  /** The same ads, of which it is noted how they go. */
  readonly watchBreaks: (ads: AdBreaks) => AdBreaks;
  /** The same handlers, of which it is noted what was asked of them. */
  readonly watchRequests: (handlers: PartHandlers) => PartHandlers;
  /** To be called about once a second. */
  readonly tick: () => void;
  /** Sends what is due, as far as the listener lets it; to be called every minute or so. */
  readonly send: () => Promise<void>;
  /** Writes what is not written yet; to be awaited before quitting. */
  readonly close: () => Promise<void>;
}

export interface MetricsParts {
  readonly store: Remote<LibraryProcess>['events'];
  readonly links: Remote<LibraryProcess>['links'];
  readonly standing: AccountView;
  /** The listener's consent as it is now. */
  readonly level: () => MetricsLevel;
  /** The account service that was configured; null: the one inside the app, which takes none. */
  readonly service: {
    readonly origin: string;
    readonly fetch: (request: Request) => Promise<Response>;
  } | null;
  readonly version: string;
  readonly clock: Clock;
  readonly trouble: (what: string, cause: unknown) => void;
}

/** Connects what is noted with where it happens. */
export function connectMetrics(parts: MetricsParts): Metrics {
  const { store, links, service, version, level, trouble } = parts;
  const { now, monotonic } = parts.clock;
  const { note, flush } = createRecorder({ record: store.record, now, trouble });
  const listening = createListening({
    note,
    heard30Seconds: () => reached('link.played_30s'),
    now,
    monotonic,
  });
  const acts = createActs({ note, reached, monotonic });
  const spotHappened = createSpotNotes(note);

  function reached(step: LinkStep): void {
    void links.reached(step).catch((error: unknown) => trouble('A step was not noted', error));
  }

  async function post(to: NonNullable<typeof service>, body: string): Promise<PostOutcome> {
    const { ok, status } = await to.fetch(
      new Request(`${to.origin}/v1/metrics`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
    if (ok) return 'taken';
    const mayPass = status >= 500 || status === 429 || status === 408;
    return mayPass ? 'later' : 'refused';
  }

  return {
    note,
    async inspect() {
      await flush();
      return { ...(await store.inspect()), canSend: service !== null };
    },
    async figures() {
      await flush();
      return store.figures();
    },
    async preview(asked) {
      await flush();
      return store.preview(asked, version);
    },
    async removeAll() {
      await flush();
      await store.removeAll();
    },
    follow: listening.follow,
    heard: listening.heard,
    touched({ target, marks }) {
      const opened = links.opened({ to: target.to, marks });
      void opened.catch((error: unknown) => trouble('A link was not noted', error));
    },
    standingChanged: createTierNotes(parts.standing, note, reached),
    watchBreaks: (ads) => ({
      async prepare(request) {
        const pod = await ads.prepare(request).catch((error: unknown) => {
          note('break.prepared', { filled: false });
          throw error;
        });
        note('break.prepared', { filled: pod !== null && pod.length > 0 });
        return pod;
      },
      spotHappened(spot, event) {
        ads.spotHappened(spot, event);
        spotHappened(spot, event);
      },
    }),
    watchRequests: (handlers) => watched(handlers, acts.answered),
    tick() {
      listening.tick();
      acts.tick();
    },
    send: createSender({
      store: {
        dueBatches: store.dueBatches,
        settleBatch: store.settleBatch,
        async setLevel(consent) {
          // What happened before consent must lie before it in the journal too: it is never sent.
          await flush();
          await store.setLevel(consent);
        },
      },
      post: service && ((body) => post(service, body)),
      backoff: createBackoff(parts.clock),
      level,
      app: version,
      trouble,
    }),
    async close() {
      listening.close();
      await flush();
    },
  };
}

type Answered = <Name extends RequestName>(
  name: Name,
  input: Input<Name>,
  output: Output<Name>,
) => void;

/** Handlers that tell of each request that they answered, and not of those that they refused. */
function watched(handlers: PartHandlers, answered: Answered): PartHandlers {
  const watching = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (input: never) => {
      const output: unknown = await (handle as (input: never) => unknown)(input);
      answered(name as RequestName, input, output as never);
      return output;
    },
  ]);
  return Object.fromEntries(watching) as PartHandlers;
}
