import { defaultSoundSettings } from '../../shared/default-sound.ts';
import type { Notice } from '../../shared/contract.ts';
import type { EngineReport, SessionView } from '../../shared/session.ts';
import type { Feature } from '../../shared/tier.ts';
import { allows } from '../../shared/tier.ts';
import type { Playable } from '../../shared/track-sound.ts';
import type { BreakRequest, Pod, Spot, SpotEvent } from '../../electron/playback/ads-port.ts';
import { tracksBesideAny } from '../../electron/playback/album-runs.ts';
import {
  restoreSession,
  savedPlaceOf,
  savedQueueOf,
} from '../../electron/playback/saved-session.ts';
import { step } from '../../electron/playback/session.ts';
import type {
  Effect,
  SessionEvent,
  SessionState,
  World,
} from '../../electron/playback/session-state.ts';
import { newSession } from '../../electron/playback/session-state.ts';
import { isSameView, viewOf } from '../../electron/playback/session-view.ts';
import type { FakeEngine } from './fake-engine.ts';
import { createFakeEngine } from './fake-engine.ts';

/** The step with a fake engine on it and everything it asks for answered at once. */
export interface SessionRig {
  readonly state: () => SessionState;
  readonly view: () => SessionView;
  readonly world: () => World;
  readonly engine: FakeEngine;
  readonly dispatch: (event: SessionEvent) => void;
  /** Lets time go by in short steps, a tick each second, and the engine play. */
  readonly run: (seconds: number) => void;
  /** Lets everything that is late arrive. */
  readonly deliver: () => void;
  /** Time goes by while the machine sleeps: nobody plays, ticks or reports. */
  readonly sleep: (seconds: number) => void;
  /** The listener, or a time server, sets the wall clock. */
  readonly moveWallClock: (seconds: number) => void;
  /** The app ends and starts again: what is saved is all that is left. */
  readonly restart: () => void;
  readonly setPremium: (premium: boolean) => void;
  readonly setSound: (sound: Partial<World['sound']>) => void;
  readonly notices: readonly Notice['kind'][];
  readonly spotEvents: readonly { readonly spot: Spot; readonly event: SpotEvent }[];
  readonly played: readonly number[];
  /** The loops that were to be saved, in order. */
  readonly loops: readonly Extract<Effect, { kind: 'loopMarked' }>[];
  /** How each request for a break is answered; `later`: not now. */
  preparePod: (wanted: BreakRequest, request: number) => Pod | null | 'later';
  /** Called after each short step of `run`. */
  watch: () => void;
}

export const stepSeconds = 0.5;

export function createSessionRig({
  tracks,
  premium = false,
  seed = 1,
  late = false,
  paceSeconds = stepSeconds,
}: {
  readonly tracks: readonly Playable[];
  readonly premium?: boolean;
  readonly seed?: number;
  /** Views and reports take their time on the way, in order each, else they arrive at once. */
  readonly late?: boolean;
  /** How much time goes by in one step of `run`. */
  readonly paceSeconds?: number;
}): SessionRig {
  const rows = new Map(tracks.map((track) => [track.id, track]));
  const notices: Notice['kind'][] = [];
  const spotEvents: { spot: Spot; event: SpotEvent }[] = [];
  const played: number[] = [];
  const loops: Extract<Effect, { kind: 'loopMarked' }>[] = [];
  const random = randomFrom(seed);
  let monotonicSeconds = 1000;
  let nowMs = Date.UTC(2026, 0, 1);
  let tier: 'free' | 'premium' = premium ? 'premium' : 'free';
  let sound: World['sound'] = defaultSoundSettings;
  let state = newSession(monotonicSeconds);
  let shown: SessionView | null = null;
  let untilTick = 0;
  const views: SessionView[] = [];
  const reports: EngineReport[] = [];
  const engine = createFakeEngine((report) => {
    reports.push(report);
    if (!late) deliver();
  });

  const rig: SessionRig = {
    state: () => state,
    view: () => viewOf(state, world()),
    world,
    engine,
    dispatch,
    run,
    deliver,
    sleep: pass,
    moveWallClock(seconds) {
      nowMs += seconds * 1000;
    },
    restart() {
      const place: unknown = JSON.parse(JSON.stringify(savedPlaceOf(state)));
      state = restoreSession({ queue: savedQueueOf(state.queue), place }, monotonicSeconds);
      shown = null;
      views.length = 0;
      reports.length = 0;
      engine.reset();
      dispatch({ kind: 'tierChanged' });
    },
    setPremium(now) {
      tier = now ? 'premium' : 'free';
      dispatch({ kind: 'tierChanged' });
    },
    setSound(now) {
      sound = { ...sound, ...now };
      dispatch({ kind: 'soundChanged' });
    },
    notices,
    spotEvents,
    played,
    loops,
    preparePod: () => [spot('one', 20), spot('two', 20)],
    watch: () => undefined,
  };
  return rig;

  function world(): World {
    return {
      nowMs,
      monotonicSeconds,
      random,
      allows: (feature: Feature) => allows(tier, feature),
      sound,
    };
  }

  function dispatch(event: SessionEvent): void {
    const after = step(state, event, world());
    state = after.state;
    for (const effect of after.effects) perform(effect);
    const wanted = [state.now, state.next].flatMap((loaded) =>
      loaded?.row === 'wanted' ? [loaded.trackId] : [],
    );
    if (wanted.length > 0) {
      const found = [...wanted, ...tracksBesideAny(state, wanted)].flatMap(
        (id) => rows.get(id) ?? [],
      );
      dispatch({ kind: 'tracksFound', asked: wanted, tracks: found });
    }
    const view = viewOf(state, world());
    if (shown !== null && isSameView(shown, view)) return;
    shown = view;
    views.push(view);
    if (!late) deliver();
  }

  /** Brings everything that is under way to its other side. */
  function deliver(): void {
    for (let view = views.shift(); view !== undefined; view = views.shift()) engine.follow(view);
    for (let report = reports.shift(); report !== undefined; report = reports.shift()) {
      dispatch({ kind: 'reported', report });
    }
    if (views.length > 0) deliver();
  }

  /** One of what is under way, from either side, or nothing. */
  function deliverSome(): void {
    const chance = random();
    const view = chance < 0.4 ? views.shift() : undefined;
    if (view !== undefined) engine.follow(view);
    const report = chance > 0.3 ? reports.shift() : undefined;
    if (report !== undefined) dispatch({ kind: 'reported', report });
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'notice':
        notices.push(effect.notice.kind);
        return;
      case 'playCounted':
        played.push(effect.trackId);
        return;
      case 'loopMarked':
        loops.push(effect);
        save(effect);
        return;
      case 'spotHappened':
        spotEvents.push(effect);
        return;
      case 'breakWanted': {
        const { request } = effect;
        const pod = rig.preparePod(effect.wanted, request);
        if (pod === 'later') return;
        dispatch(
          pod === null ? { kind: 'breakEmpty', request } : { kind: 'breakReady', request, pod },
        );
      }
    }
  }

  function save({ trackId, points }: Extract<Effect, { kind: 'loopMarked' }>): void {
    const row = rows.get(trackId);
    if (row !== undefined) rows.set(trackId, { ...row, sound: { ...row.sound, loop: points } });
  }

  function run(seconds: number): void {
    for (let left = seconds; left > 0; left -= paceSeconds) {
      const part = Math.min(left, paceSeconds);
      pass(part);
      engine.advance(part);
      if (late) deliverSome();
      untilTick -= part;
      if (untilTick <= 0) {
        untilTick = 1;
        dispatch({ kind: 'ticked' });
      }
      rig.watch();
    }
  }

  function pass(seconds: number): void {
    monotonicSeconds += seconds;
    nowMs += seconds * 1000;
  }
}

/** The tracks that sounded, one for each time they began or were jumped in. */
export function heardIn(rig: Pick<SessionRig, 'engine'>): readonly number[] {
  return rig.engine.sounds.flatMap((sound) =>
    sound.kind === 'track' ? [sound.play.track.id] : [],
  );
}

export function spot(title: string, seconds: number, more: Partial<Spot> = {}): Spot {
  return {
    id: title,
    advertiser: `${title} company`,
    title,
    mediaUrl: `/ad/${title}`,
    format: 'mp3',
    seconds,
    gain: 1,
    companion: null,
    skipAfterSeconds: null,
    ...more,
  };
}

export function track(id: number, more: Partial<Playable> = {}): Playable {
  return {
    id,
    title: `Track ${id}`,
    artist: 'Artist',
    artistId: 1,
    album: `Album ${id}`,
    albumId: id,
    albumArtist: 'Artist',
    genre: 'Folk',
    seconds: 200,
    track: 1,
    disc: 1,
    year: 2001,
    cover: null,
    format: 'flac',
    lossless: true,
    liked: false,
    rating: null,
    plays: 0,
    away: false,
    sound: { part: null, loudness: { track: null, album: null }, loop: null, joins: [] },
    ...more,
  };
}

/** Tracks 1 … count, each of an album of its own. */
export function singles(count: number, more: Partial<Playable> = {}): readonly Playable[] {
  return Array.from({ length: count }, (_, index) => track(index + 1, more));
}

export function idsOf(tracks: readonly Playable[]): Uint32Array {
  return Uint32Array.from(tracks, ({ id }) => id);
}

/** A small generator with a seed, so that a failure can be run again. */
export function randomFrom(seed: number): () => number {
  let value = seed;
  return () => {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    return value / 2 ** 32;
  };
}
