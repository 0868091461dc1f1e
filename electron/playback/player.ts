import type { UndoStep } from '../../shared/contract.ts';
import { RefrainError, assertNever } from '../../shared/errors.ts';
import type { SessionView } from '../../shared/session.ts';
import type { Id } from '../../shared/track.ts';
import { tracksBesideAny } from './album-runs.ts';
import { breakStandingOf } from './break-standing.ts';
import { secondsUntilDue } from './breaks.ts';
import type { BreakRequest } from './ads-port.ts';
import type { Player, PlayerParts } from './player-ports.ts';
import { sizeOf } from './queue.ts';
import { restoreSession } from './saved-session.ts';
import type { Saver } from './saver.ts';
import { createSaver } from './saver.ts';
import { step } from './session.ts';
import type { Effect, SessionEvent, SessionState, World } from './session-state.ts';
import { newSession } from './session-state.ts';
import { isSameView, queueViewOf, viewOf } from './session-view.ts';

/**
 * Conducts the session: brings requests, reports and the library's rows to the step one after the
 * other, does what it asks for, saves every change and tells the window.
 *
 * The saved session is loaded first, and everything waits for that: a request before it has been
 * read would overwrite it. While it can't be read requests are refused and it is tried again.
 */
export function createPlayer(parts: PlayerParts): Player {
  const { library, store, ads, trouble } = parts;
  const lookups = new Set<Id>();
  let session: { state: SessionState; readonly saver: Saver } | null = null;
  let opening: Promise<void> | null = null;
  let shown: SessionView | null = null;
  let lastTurn: Promise<unknown> = Promise.resolve();
  let saving: Promise<void> = Promise.resolve();

  function world(): World {
    const { allows, random } = parts;
    const monotonicSeconds = parts.monotonic() / 1000;
    return { nowMs: parts.now(), monotonicSeconds, random, allows, sound: parts.sound() };
  }

  function opened(): Promise<void> {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  async function open(): Promise<void> {
    const saved = await store.load();
    const { monotonicSeconds } = world();
    const state =
      saved === null ? newSession(monotonicSeconds) : restoreSession(saved, monotonicSeconds);
    session = { state, saver: createSaver(store, state, parts.monotonic, trouble) };
    dispatch({ kind: 'tierChanged' });
  }

  function current(): SessionState {
    if (session === null) throw new RefrainError('unavailable', 'The session is not loaded yet');
    return session.state;
  }

  /** Before the session is loaded there is nothing that an event could be about. */
  function dispatch(event: SessionEvent): void {
    if (session === null) return;
    const { state, effects } = step(session.state, event, world());
    session.state = state;
    session.saver.follow(state);
    for (const effect of effects) perform(effect);
    lookUp();
    show();
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'notice':
        parts.notice(effect.notice);
        break;
      case 'playCounted':
        parts.heard(effect.trackId, parts.now());
        break;
      case 'loopMarked':
        saving = library.setLoop(effect.trackId, effect.points);
        break;
      case 'breakWanted':
        void prepare(effect.request, effect.wanted);
        break;
      case 'spotHappened':
        ads.spotHappened(effect.spot, effect.event);
        break;
      default:
        assertNever(effect);
    }
  }

  async function prepare(request: number, wanted: BreakRequest): Promise<void> {
    try {
      const pod = await ads.prepare(wanted);
      dispatch(
        pod === null ? { kind: 'breakEmpty', request } : { kind: 'breakReady', request, pod },
      );
    } catch (error) {
      trouble('No ad break could be prepared', error);
      dispatch({ kind: 'breakEmpty', request });
    }
  }

  /** Fetches the rows of `now` and `next` that are not here yet. */
  function lookUp(): void {
    const { now, next } = current();
    const wanted = [now, next].flatMap((loaded) =>
      loaded?.row === 'wanted' && !lookups.has(loaded.trackId) ? [loaded.trackId] : [],
    );
    if (wanted.length > 0) void find([...new Set(wanted)]);
  }

  async function find(asked: readonly Id[]): Promise<void> {
    for (const id of asked) lookups.add(id);
    try {
      const tracks = await library.playables([...asked, ...tracksBesideAny(current(), asked)]);
      for (const id of asked) lookups.delete(id);
      dispatch({ kind: 'tracksFound', asked, tracks });
    } catch (error) {
      for (const id of asked) lookups.delete(id); // The next tick asks again.
      trouble('Rows for the player could not be read', error);
    }
  }

  /** A track that is about to play is shown when its row is here, so that nothing flickers. */
  function show(): void {
    const state = current();
    if (state.status === 'playing' && state.now?.row === 'wanted') return;
    const view = viewOf(state, world());
    if (shown !== null && isSameView(shown, view)) return;
    shown = view;
    parts.changed(view);
  }

  /** One request after the other, so that what a list request waits for can't let others pass it. */
  async function inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    await opened();
    const result = lastTurn.then(work);
    lastTurn = result.catch(() => undefined);
    return result;
  }

  function command(event: SessionEvent): Promise<void> {
    return inTurn(() => dispatch(event));
  }

  /** Answers when what it marked is saved. */
  function marking(event: SessionEvent): Promise<void> {
    return inTurn(() => {
      saving = Promise.resolve();
      dispatch(event);
      return saving;
    });
  }

  /**
   * A change of the queue, which the listener may take back if it changed anything.
   * @param about how many entries it is about
   */
  function change(kind: UndoStep['kind'], about: number | 'removed', event: SessionEvent): void {
    const before = current();
    dispatch(event);
    const { queue } = current();
    if (before.queue.entryIds === queue.entryIds && before.queue.order === queue.order) return;
    if (kind === 'queue_replaced' && sizeOf(before.queue) === 0) return;
    const count = about === 'removed' ? sizeOf(before.queue) - sizeOf(queue) : about;
    parts.offerUndo({ kind, count, name: '' }, () => command({ kind: 'restoreQueue', before }));
  }

  void opened().catch((error: unknown) => trouble('The session could not be loaded', error));

  return {
    get: () => inTurn(() => viewOf(current(), world())),
    queue: () => inTurn(() => queueViewOf(current())),
    play: ({ tracks, start, shuffle }) =>
      inTurn(async () => {
        const trackIds = await library.trackIds(tracks);
        const count = sizeOf(current().queue);
        change('queue_replaced', count, { kind: 'play', trackIds, start, shuffle });
      }),
    enqueue: ({ tracks, where }) =>
      inTurn(async () => {
        const trackIds = await library.trackIds(tracks);
        change('queue_added', trackIds.length, { kind: 'enqueue', trackIds, where });
      }),
    jump: ({ entry }) => command({ kind: 'jump', entry }),
    removeEntries: ({ entries }) =>
      inTurn(() => change('queue_removed', 'removed', { kind: 'removeEntries', entries })),
    moveEntries: ({ entries, before }) =>
      inTurn(() => change('queue_moved', entries.length, { kind: 'moveEntries', entries, before })),
    clear: () => inTurn(() => change('queue_cleared', 'removed', { kind: 'clear' })),
    resume: () => command({ kind: 'resume' }),
    pause: () => command({ kind: 'pause' }),
    next: () => command({ kind: 'next' }),
    previous: () => command({ kind: 'previous' }),
    seek: ({ seconds }) => command({ kind: 'seek', seconds }),
    setVolume: ({ volume }) => command({ kind: 'setVolume', volume }),
    setMuted: ({ muted }) => command({ kind: 'setMuted', muted }),
    setShuffle: ({ shuffle }) => command({ kind: 'setShuffle', shuffle }),
    setRepeat: ({ repeat }) => command({ kind: 'setRepeat', repeat }),
    repeatTimes: ({ times }) => command({ kind: 'repeatTimes', times }),
    setLoopPoint: (point) => marking({ kind: 'setLoopPoint', ...point }),
    startLoop: (loop) => command({ kind: 'startLoop', ...loop }),
    stopLoop: () => command({ kind: 'stopLoop' }),
    clearLoop: () => marking({ kind: 'clearLoop' }),
    setSleep: ({ sleep }) => command({ kind: 'setSleep', sleep }),
    setStopAfter: ({ entry }) => command({ kind: 'setStopAfter', entry }),
    skipSpot: () => command({ kind: 'skipSpot' }),
    earnQuiet: () => command({ kind: 'earnQuiet' }),
    dropQuiet: () => command({ kind: 'dropQuiet' }),
    // Not in turn: reports carry the play they are about, and must not wait behind a long list.
    report: async (report) => {
      await opened();
      dispatch({ kind: 'reported', report });
    },
    tierChanged: () => dispatch({ kind: 'tierChanged' }),
    soundChanged: () => dispatch({ kind: 'soundChanged' }),
    libraryChanged({ trackIds }) {
      if (session === null) return;
      const { now, next } = session.state;
      const loaded = [now, next].flatMap((play) => (play === null ? [] : [play.trackId]));
      const asked = loaded.filter((id) => trackIds?.includes(id) ?? true);
      if (asked.length > 0) void find(asked);
    },
    tick() {
      if (session === null) void opened().catch(() => undefined);
      else dispatch({ kind: 'ticked' });
    },
    async close() {
      await session?.saver.flush();
    },
    secondsUntilBreak: () => (session === null ? null : secondsUntilDue(session.state, world())),
    breakStanding: () =>
      __QA__ && session !== null ? breakStandingOf(session.state, world()) : null,
    passTime: (seconds) => dispatch({ kind: 'timePassed', seconds }),
  };
}
