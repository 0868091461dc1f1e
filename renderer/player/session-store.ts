import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  EngineReport,
  Practice,
  QueueView,
  RepeatMode,
  SessionView,
  Sleep,
} from '../../shared/session.ts';
import type { TrackDetails } from '../../shared/track-details.ts';
import type { Id, TrackList } from '../../shared/track.ts';
import type { MainProcess } from '../main-process.ts';

/** The session as main has it, and every command to it. Commands reject with a RefrainError. */
export interface SessionStore {
  readonly view: SessionView;
  /** Where the sound is now, in seconds of the track or spot; moves between two views. */
  readonly positionSeconds: number;
  readonly queue: QueueView;
  readonly load: () => Promise<void>;
  /** What a track's file says beyond its row; null: nothing. */
  readonly readDetails: (id: Id) => Promise<TrackDetails | null>;
  /** Asks for the queue again, unless this revision is here already. */
  readonly loadQueue: () => Promise<void>;
  /** Passes on what the engine says. */
  readonly report: (report: EngineReport) => Promise<void>;

  /** Replaces the queue; `start` is a place in the list, null with shuffle: any. */
  readonly play: (
    tracks: TrackList,
    start: number | null,
    options?: { readonly shuffle: boolean },
  ) => Promise<void>;
  readonly enqueue: (tracks: TrackList, where: 'next' | 'end') => Promise<void>;
  readonly jump: (entry: number) => Promise<void>;
  readonly removeEntries: (entries: readonly number[]) => Promise<void>;
  /** Puts the entries in front of `before`; null: at the end. */
  readonly moveEntries: (entries: readonly number[], before: number | null) => Promise<void>;
  readonly clear: () => Promise<void>;

  readonly togglePlay: () => Promise<void>;
  readonly next: () => Promise<void>;
  readonly previous: () => Promise<void>;
  readonly seek: (seconds: number) => Promise<void>;
  /** @param volume 0 … 1 */
  readonly setVolume: (volume: number) => Promise<void>;
  readonly toggleMuted: () => Promise<void>;
  readonly toggleShuffle: () => Promise<void>;
  readonly setRepeat: (repeat: RepeatMode) => Promise<void>;
  /** What is loaded plays so often altogether. */
  readonly repeatTimes: (times: number) => Promise<void>;
  /** Marks where the sound is now as the loop's start or end, and goes round from now on. */
  readonly markHere: (point: 'start' | 'end') => Promise<void>;
  readonly moveLoopPoint: (point: 'start' | 'end', seconds: number) => Promise<void>;
  /** @param rounds altogether; null: without end */
  readonly startLoop: (rounds: number | null, practice: Practice | null) => Promise<void>;
  readonly toggleLoop: () => Promise<void>;
  readonly clearLoop: () => Promise<void>;
  /** Null: no timer. */
  readonly setSleep: (sleep: Sleep | null) => Promise<void>;
  /** The queue stops, once, at the end of this entry; null: it does not. */
  readonly setStopAfter: (entry: number | null) => Promise<void>;
  readonly toggleStopAfterCurrent: () => Promise<void>;
  /** Seconds of crossfade that were chosen for a pair, 0: none; null: by the rules. */
  readonly readPairJoin: (first: Id, second: Id) => Promise<number | null>;
  readonly setPairJoin: (first: Id, second: Id, crossfadeSeconds: number | null) => Promise<void>;
  readonly skipSpot: () => Promise<void>;
  readonly earnQuiet: () => Promise<void>;
  readonly dropQuiet: () => Promise<void>;
}

/** @param monotonic milliseconds of a clock that never goes back */
export function createSessionStore(
  main: MainProcess,
  monotonic: () => number = () => performance.now(),
): StoreApi<SessionStore> {
  let volumesUnderWay = 0;
  let positionAt = monotonic();
  const store = createStore<SessionStore>()((set, get) => ({
    view: idleView,
    positionSeconds: 0,
    queue: { revision: -1, entryIds: noIds, trackIds: noIds, index: -1 },
    readDetails: (id) => main.ask('library.details', { id }),
    load: async () => follow(await main.ask('session.get')),
    loadQueue: async () => {
      if (get().queue.revision === get().view.queueRevision) return;
      const queue = await main.ask('session.queue');
      if (queue.revision > get().queue.revision) set({ queue });
    },
    report: (report) => {
      const heard = heardSeconds(report, get().view);
      if (heard !== null) moveTo(heard);
      return main.ask('session.report', report);
    },

    play: (tracks, start, options) => main.ask('session.play', { tracks, start, ...options }),
    enqueue: (tracks, where) => main.ask('session.enqueue', { tracks, where }),
    jump: (entry) => main.ask('session.jump', { entry }),
    removeEntries: (entries) => main.ask('session.removeEntries', { entries: [...entries] }),
    moveEntries: (entries, before) =>
      main.ask('session.moveEntries', { entries: [...entries], before }),
    clear: () => main.ask('session.clear'),

    togglePlay: () =>
      main.ask(get().view.status === 'playing' ? 'session.pause' : 'session.resume'),
    next: () => main.ask('session.next'),
    previous: () => main.ask('session.previous'),
    seek: (seconds) => {
      moveTo(seconds);
      return main.ask('session.seek', { seconds });
    },
    setVolume: async (volume) => {
      // Shown and heard at once: a drag sends many of these.
      const wasMuted = get().view.muted;
      set(({ view }) => ({ view: { ...view, volume, muted: false } }));
      volumesUnderWay += 1;
      try {
        await main.ask('session.setVolume', { volume });
        // After it, so that nothing is heard at the volume of before.
        if (wasMuted) await main.ask('session.setMuted', { muted: false });
      } finally {
        volumesUnderWay -= 1;
      }
    },
    toggleMuted: () => main.ask('session.setMuted', { muted: !get().view.muted }),
    toggleShuffle: () => main.ask('session.setShuffle', { shuffle: !get().view.shuffle }),
    setRepeat: (repeat) => main.ask('session.setRepeat', { repeat }),
    repeatTimes: (times) => main.ask('session.repeatTimes', { times }),
    markHere: (point) => setLoopPoint(point, soundingSeconds(), true),
    moveLoopPoint: (point, seconds) => setLoopPoint(point, seconds, false),
    startLoop: (rounds, practice) => main.ask('session.startLoop', { rounds, practice }),
    toggleLoop: () =>
      get().view.marked?.on === true
        ? main.ask('session.stopLoop')
        : main.ask('session.startLoop', { rounds: null, practice: null }),
    clearLoop: () => main.ask('session.clearLoop'),
    setSleep: (sleep) => main.ask('session.setSleep', { sleep }),
    setStopAfter: (entry) => main.ask('session.setStopAfter', { entry }),
    toggleStopAfterCurrent: async () => {
      const { now, stopAfter } = get().view;
      if (now === null) return;
      await get().setStopAfter(stopAfter === now.entry ? null : now.entry);
    },
    readPairJoin: (first, second) => main.ask('library.pairJoin', { first, second }),
    setPairJoin: (first, second, crossfadeSeconds) =>
      main.ask('library.setPairJoin', { first, second, crossfadeSeconds }),
    skipSpot: () => main.ask('session.skipSpot'),
    earnQuiet: () => main.ask('session.earnQuiet'),
    dropQuiet: () => main.ask('session.dropQuiet'),
  }));

  function moveTo(positionSeconds: number): void {
    positionAt = monotonic();
    store.setState({ positionSeconds });
  }

  /** Between two reports the sound goes on. */
  function soundingSeconds(): number {
    const { view, positionSeconds } = store.getState();
    const sinceSeconds = (monotonic() - positionAt) / 1000;
    const moved = view.status === 'playing' && sinceSeconds < reportedWithinSeconds;
    return positionSeconds + (moved ? sinceSeconds * view.speed : 0);
  }

  async function setLoopPoint(
    point: 'start' | 'end',
    seconds: number,
    starts: boolean,
  ): Promise<void> {
    const { now } = store.getState().view;
    if (now === null) return;
    await main.ask('session.setLoopPoint', { play: now.play, point, seconds, starts });
  }

  function follow(told: SessionView): void {
    const before = store.getState().view;
    // What is told in the middle of a drag is older than where the handle stands.
    const { volume, muted } = volumesUnderWay > 0 ? before : told;
    const view = { ...told, volume, muted };
    const moved =
      view.now?.play !== before.now?.play ||
      view.seek !== before.seek ||
      view.adBreak?.spot !== before.adBreak?.spot;
    store.setState({ view });
    if (moved) moveTo(view.positionSeconds);
  }

  main.on('session.changed', follow);
  return store;
}

const noIds = new Uint32Array();

/** A longer silence of the engine is no sound that goes on. */
const reportedWithinSeconds = 1.5;

const idleView: SessionView = {
  status: 'idle',
  now: null,
  next: null,
  join: { kind: 'none' },
  loop: null,
  speed: 1,
  fadeSeconds: null,
  marked: null,
  sleep: null,
  stopAfter: null,
  timesLeft: null,
  positionSeconds: 0,
  seek: 0,
  adBreak: null,
  quietSeconds: 0,
  quietWanted: false,
  canEarnQuiet: false,
  volume: 1,
  muted: false,
  shuffle: false,
  repeat: 'off',
  canPlay: false,
  canPrevious: false,
  canNext: false,
  queueRevision: 0,
};

/** @returns null when the report says nothing of what is shown */
function heardSeconds(report: EngineReport, view: SessionView): number | null {
  if (report.kind === 'position') return report.play === view.now?.play ? report.seconds : null;
  if (report.kind === 'looped') {
    return report.play === view.now?.play ? (view.loop?.startSeconds ?? null) : null;
  }
  if (report.kind !== 'spotPosition') return null;
  return report.spot === view.adBreak?.spot ? report.seconds : null;
}
