import type { EngineReport, Play, SessionView } from '../../shared/session.ts';

/** What came out of the loudspeaker, in order: one piece for each track or spot on end. */
export type Sound =
  | {
      readonly kind: 'track';
      readonly play: Play;
      readonly fromSeconds: number;
      toSeconds: number;
      /** How long that took by the clock: twice as long at half the speed. */
      clockSeconds: number;
      /** It ran to its end. */
      ended: boolean;
    }
  | { readonly kind: 'spot'; readonly spot: number; readonly title: string; toSeconds: number };

export interface FakeEngine {
  /** As the window's engine gets it from main. */
  readonly follow: (view: SessionView) => void;
  /** Lets the sound go on for a moment; what is to be told is reported at once. */
  readonly advance: (seconds: number) => void;
  readonly sounds: readonly Sound[];
  /** Tracks that can't be decoded, by id. */
  readonly broken: Set<number>;
  /** The window is gone, with all that it held. */
  readonly reset: () => void;
  /**
   * `fail`: spots report failure; `hang`: they never start; `stall`: they stand still after a while;
   * `early`: they end after a third.
   */
  spots: 'play' | 'fail' | 'hang' | 'stall' | 'early';
}

/**
 * An engine without sound that follows views and reports as the real one does: it goes round where
 * a loop is, crosses into `next` where it may, else reports the end and waits.
 */
export function createFakeEngine(report: (report: EngineReport) => void): FakeEngine {
  const sounds: Sound[] = [];
  const broken = new Set<number>();
  let view: SessionView | null = null;
  let loaded: { play: Play; seconds: number; silent: boolean; started: boolean } | null = null;
  let spot: { id: number; seconds: number; started: boolean; silent: boolean } | null = null;
  let seek = 0;

  const engine: FakeEngine = { follow, advance, sounds, broken, reset, spots: 'play' };
  return engine;

  function follow(newer: SessionView): void {
    const older = view;
    view = newer;
    if (newer.adBreak === null) spot = null;
    else if (spot?.id !== newer.adBreak.spot) {
      spot = { id: newer.adBreak.spot, seconds: 0, started: false, silent: false };
    }
    if (newer.now === null) loaded = null;
    else if (loaded?.play.play === newer.now.play) {
      if (newer.seek !== seek) load(newer.now, newer.positionSeconds);
    } else if (loaded === null || loaded.play.play !== newer.next?.play || older === null) {
      load(newer.now, newer.positionSeconds);
    }
    seek = newer.seek;
  }

  function reset(): void {
    view = null;
    loaded = null;
    spot = null;
    seek = 0;
  }

  function load(play: Play, seconds: number): void {
    loaded = { play, seconds, silent: false, started: false };
  }

  function advance(seconds: number): void {
    if (view?.status !== 'playing') return;
    if (view.adBreak !== null) advanceSpot(view.adBreak, seconds);
    else if (loaded !== null && !loaded.silent) advanceTrack(loaded, seconds);
  }

  function advanceTrack(track: NonNullable<typeof loaded>, clockSeconds: number): void {
    const { play } = track;
    const speed = view?.speed ?? 1;
    const seconds = clockSeconds * speed;
    if (broken.has(play.track.id)) {
      track.silent = true;
      report({ kind: 'failed', play: play.play, reason: 'broken' });
      return;
    }
    if (!track.started) {
      track.started = true;
      sounds.push({
        kind: 'track',
        play,
        fromSeconds: track.seconds,
        toSeconds: track.seconds,
        clockSeconds: 0,
        ended: false,
      });
      report({ kind: 'started', play: play.play });
    }
    const loop = view?.loop ?? null;
    if (loop !== null && track.seconds < loop.endSeconds) {
      const untilBack = loop.endSeconds - track.seconds;
      if (seconds >= untilBack) {
        track.seconds = loop.startSeconds;
        sounds.push({
          kind: 'track',
          play,
          fromSeconds: loop.startSeconds,
          toSeconds: loop.startSeconds,
          clockSeconds: 0,
          ended: false,
        });
        report({ kind: 'looped', play: play.play });
        return;
      }
    }
    const left = play.track.seconds - track.seconds;
    track.seconds += Math.min(left, seconds);
    const sound = sounds.at(-1);
    if (sound?.kind === 'track') {
      sound.toSeconds = track.seconds;
      sound.clockSeconds += Math.min(left, seconds) / speed;
    }
    if (seconds < left) {
      report({ kind: 'position', play: play.play, seconds: track.seconds });
      return;
    }
    if (sound?.kind === 'track') sound.ended = true;
    const next = view === null || view.join.kind === 'none' ? null : view.next;
    if (next === null || broken.has(next.track.id)) {
      track.silent = true;
      report({ kind: 'ended', play: play.play });
      return;
    }
    load(next, 0);
    if (loaded !== null) loaded.started = true;
    sounds.push({
      kind: 'track',
      play: next,
      fromSeconds: 0,
      toSeconds: 0,
      clockSeconds: 0,
      ended: false,
    });
    report({ kind: 'crossed', play: next.play });
  }

  function advanceSpot(shown: NonNullable<SessionView['adBreak']>, seconds: number): void {
    if (spot === null || spot.silent || shown.held || engine.spots === 'hang') return;
    if (engine.spots === 'fail') {
      spot.silent = true;
      report({ kind: 'spotFailed', spot: spot.id, reason: 'broken' });
      return;
    }
    const { id } = spot;
    if (!spot.started) {
      spot.started = true;
      sounds.push({ kind: 'spot', spot: id, title: shown.title, toSeconds: 0 });
      report({ kind: 'spotStarted', spot: id });
    }
    if (engine.spots === 'stall' && spot.seconds > 5) return;
    const endSeconds = engine.spots === 'early' ? shown.seconds / 3 : shown.seconds;
    spot.seconds = Math.min(endSeconds, spot.seconds + seconds);
    const sound = sounds.at(-1);
    if (sound?.kind === 'spot') sound.toSeconds = spot.seconds;
    if (spot.seconds < endSeconds) {
      report({ kind: 'spotPosition', spot: id, seconds: spot.seconds });
      return;
    }
    spot.silent = true;
    report({ kind: 'spotEnded', spot: id });
  }
}
