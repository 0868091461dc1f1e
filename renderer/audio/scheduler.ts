import type { Lane, Scheduled } from './lane.ts';
import { createLane } from './lane.ts';
import type { Output, Voice } from './output.ts';

export interface SchedulerEvents<Track> {
  /** The first block of a track that was begun has its place on the clock. */
  readonly started: (track: Track) => void;
  /** A block was played to its end: a good moment to look at the position. */
  readonly advanced: () => void;
  /** The next track is what is heard now; in a crossfade, beside the one before. */
  readonly crossed: (track: Track) => void;
  /** The block that begins at this frame of the current track is heard now. */
  readonly reached: (track: Track, trackFrame: number) => void;
  /** All of the track was played, or all that its broken stream gave. */
  readonly ranOut: (track: Track) => void;
}

/** `quick`: too short to be noticed, and what is faded counts as played. `slow`: for the ear. */
export type Pace = 'quick' | 'slow';

/**
 * Puts decoded blocks on the clock of the output, a few seconds ahead: each track in a lane of its
 * own, the next one right behind the current one or over its end. It is driven by what happens to
 * blocks (arrived, played) and never by timers, which a hidden window throttles.
 */
export interface Scheduler<Track> {
  /** Drops what there is and goes on with this track. */
  readonly begin: (track: Track, fadeIn: boolean) => void;
  /**
   * What joins on to the current track; null: nothing does.
   * @param overlapFrames both fade into each other for so long; 0: sample on sample
   */
  readonly join: (track: Track | null, overlapFrames: number) => void;
  readonly play: (pace: Pace) => void;
  /** After a slow one it is resumed from where it was paused: what was faded sounds again. */
  readonly pause: (pace: Pace) => void;
  readonly clear: () => void;
  /** Call when a stream has news. */
  readonly pump: () => void;
  /** Crosses now when the join's first sample is about to sound: from then on it can't be undone. */
  readonly settle: () => void;
  /** Gives back to the streams what does not sound yet, and goes on with what they have then. */
  readonly revise: (change: () => void) => void;
  /** Asks the tracks for their gains anew. */
  readonly relevel: () => void;
  /** Of the current track, as heard at this moment. */
  readonly positionFrames: () => number;
  /** It should sound, and has nothing to sound with. */
  readonly isWaiting: () => boolean;
  /** The current track lies on the clock as far ahead as it should, or to its end. */
  readonly isAhead: () => boolean;
  /** How often blocks came too late. */
  readonly underruns: () => number;
}

const aheadSeconds = 4;
const quickSeconds = 0.01;
const slowOutSeconds = 0.3;
const slowInSeconds = 0.15;
/** What begins within it can't be called back with certainty. */
const settleSeconds = 0.03;
/** Long enough to have it all on the clock again, also on a busy machine. */
const reviseSeconds = 0.15;

export function createScheduler<Track extends Scheduled>(
  output: Output,
  events: SchedulerEvents<Track>,
): Scheduler<Track> {
  const aheadFrames = framesOf(aheadSeconds);
  const quickFrames = framesOf(quickSeconds);

  /** Of all that sounds; null while nothing is on the clock. */
  let voice: Voice | null = null;
  /** The voice that was stopped last, and where it has faded out. */
  let fading: Voice | null = null;
  let silentFrom = 0;
  /** Crossed from, with an end that is still to be heard. */
  let leaving: Lane<Track> | null = null;
  let current: Lane<Track> | null = null;
  /** To be crossed to; open once its place is known and near. */
  let joining: Lane<Track> | null = null;
  let overlapFrames = 0;
  /** Of the join that is scheduled, or was crossed last: where it begins, and how long it fades. */
  let joinFrame = 0;
  let crossfadeFrames = 0;
  let playing = false;
  let fadeInFrames = 0;
  let announced = false;
  let underruns = 0;

  function framesOf(seconds: number): number {
    return Math.round(seconds * output.sampleRate);
  }

  function laneOf(track: Track): Lane<Track> {
    return createLane(output, track, {
      rendered: () => {
        pump();
        events.advanced();
      },
      late: () => (underruns += 1),
      reached: (trackFrame) => {
        events.reached(track, trackFrame);
      },
    });
  }

  function begin(track: Track, fade: boolean): void {
    clear();
    current = laneOf(track);
    fadeInFrames = fade ? quickFrames : 0;
    announced = false;
    pump();
  }

  function join(track: Track | null, overlap: number): void {
    const wasJoining = joining?.track ?? null;
    if (track === wasJoining && (track === null || overlap === overlapFrames)) return;
    dropJoining();
    joining = track === null ? null : laneOf(track);
    overlapFrames = overlap;
    pump();
  }

  function play(pace: Pace): void {
    if (playing) return;
    playing = true;
    if (announced) fadeInFrames = pace === 'slow' ? framesOf(slowInSeconds) : quickFrames;
    hastenSilence();
    pump();
  }

  function pause(pace: Pace): void {
    if (!playing) return;
    playing = false;
    if (pace === 'slow') takeDown(framesOf(slowOutSeconds), 0);
    else takeDown(quickFrames, quickFrames);
  }

  function clear(): void {
    takeDown(quickFrames, quickFrames);
    leaving = null;
    current = null;
    joining = null;
  }

  /**
   * Fades out and gives back to the streams, to the sample, what will not be heard.
   * @param playedFrames how much of the fade counts as heard
   */
  function takeDown(fadeFrames: number, playedFrames: number): void {
    if (voice === null) return;
    const cutFrame = output.frame() + output.leadFrames;
    silentFrom = cutFrame + fadeFrames;
    voice.stop(silentFrom, fadeFrames);
    fading = voice;
    voice = null;
    const keptFrom = cutFrame + playedFrames;
    crossBefore(keptFrom);
    for (const lane of [leaving, current, joining]) lane?.giveBack(keptFrom);
  }

  /** What still fades out slowly makes way for what begins. */
  function hastenSilence(): void {
    const soon = output.frame() + output.leadFrames + quickFrames;
    if (silentFrom <= soon) return;
    fading?.stop(soon, quickFrames);
    silentFrom = soon;
  }

  function pump(): void {
    fill();
    refresh();
  }

  function fill(): void {
    if (!playing || current === null) return;
    if (!current.isOpen() && !openCurrent(current)) return;
    const until = output.frame() + aheadFrames;
    leaving?.fill(until);
    current.fill(until);
    if (joining !== null && (joining.isOpen() || openJoining(joining, current, until))) {
      joining.fill(until);
    }
    if (!announced && !current.isEmpty()) {
      announced = true;
      events.started(current.track);
    }
  }

  /** False: there is nothing to begin with yet. */
  function openCurrent(lane: Lane<Track>): boolean {
    if (!lane.isReady()) return false;
    const atFrame = Math.max(output.frame() + output.leadFrames, silentFrom);
    // It was crossed to before anything of it had come.
    if (voice !== null) underruns += 1;
    voice ??= output.openVoice(atFrame, fadeInFrames);
    fadeInFrames = 0;
    if (leaving === null) {
      lane.open(voice, atFrame);
      return true;
    }
    // Both lie to each other as they did when they were paused.
    leaving.open(voice, atFrame);
    const endFrame = leaving.endFrame() ?? atFrame;
    const besideFrame = Math.max(atFrame, endFrame - crossfadeFrames);
    lane.open(voice, besideFrame);
    crossfade(leaving, lane, besideFrame, endFrame);
    return true;
  }

  /** False: its place is not known or not near, or there is nothing to begin with yet. */
  function openJoining(lane: Lane<Track>, before: Lane<Track>, until: number): boolean {
    const endFrame = before.endFrame();
    if (voice === null || endFrame === null) return false;
    const earliest = output.frame() + output.leadFrames;
    const least = Math.max(earliest, before.beginFrame() ?? 0, leaving?.endFrame() ?? 0);
    const atFrame = Math.max(endFrame - overlapFrames, least);
    if (atFrame >= until || !lane.isReady()) return false;
    if (atFrame > endFrame) underruns += 1;
    crossfadeFrames = Math.max(0, endFrame - atFrame);
    joinFrame = atFrame;
    lane.open(voice, atFrame);
    crossfade(before, lane, atFrame, endFrame);
    return true;
  }

  /** From the beginning, or from where it was when both were paused. */
  function crossfade(from: Lane<Track>, to: Lane<Track>, atFrame: number, endFrame: number): void {
    const frames = endFrame - atFrame;
    if (frames <= 0) return;
    const progress = 1 - frames / crossfadeFrames;
    from.fade({ direction: 'out', progress, atFrame, frames });
    to.fade({ direction: 'in', progress, atFrame, frames });
  }

  /** Takes what was heard off the clock, and tells what follows from that. */
  function refresh(): void {
    const isAllRendered = [leaving, current, joining].every((lane) => lane?.isRendered() ?? true);
    // Nothing sounds any more that could wake us later.
    const heardFrame = isAllRendered ? Infinity : output.frame() - output.latencyFrames();
    leaving?.retire(heardFrame);
    if (leaving?.isEmpty() && leaving.track.stream.isFinished()) {
      leaving.close();
      leaving = null;
    }
    current?.retire(heardFrame);
    if (joining?.isOpen() && joinFrame <= heardFrame) {
      cross();
      refresh();
    } else if (playing && current?.isEmpty() && current.track.stream.isFinished()) {
      if (joining === null || current.track.stream.failure() !== null) {
        events.ranOut(current.track);
      } else if (!joining.isOpen()) {
        cross();
        pump();
      }
    }
  }

  function cross(): void {
    if (joining === null || current === null) return;
    leaving?.close();
    leaving = current;
    current = joining;
    joining = null;
    events.crossed(current.track);
  }

  function crossBefore(frame: number): void {
    if (joining?.isOpen() && joinFrame < frame) cross();
  }

  function dropJoining(): void {
    if (joining === null || !joining.isOpen()) return;
    joining.cut(joinFrame);
    joining.close();
    current?.unfade(joinFrame);
  }

  function settle(): void {
    crossBefore(output.frame() + output.leadFrames + framesOf(settleSeconds));
  }

  function revise(change: () => void): void {
    settle();
    dropJoining();
    current?.cut(output.frame() + output.leadFrames + framesOf(reviseSeconds));
    change();
    pump();
  }

  return {
    begin,
    join,
    play,
    pause,
    clear,
    pump,
    settle,
    revise,
    relevel: () => {
      for (const lane of [leaving, current, joining]) lane?.relevel();
    },
    positionFrames: () => current?.positionAt(output.frame() - output.latencyFrames()) ?? 0,
    isWaiting: () =>
      playing && current !== null && current.isEmpty() && !current.track.stream.isFinished(),
    isAhead: () =>
      current !== null &&
      ((current.isOpen() && current.nextFrame() - output.frame() >= aheadFrames) ||
        (!current.isEmpty() && current.track.stream.isFinished())),
    underruns: () => underruns,
  };
}
