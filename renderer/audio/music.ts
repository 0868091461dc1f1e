import type { EngineReport, Play, SessionView } from '../../shared/session.ts';
import type { SoundSettings } from '../../shared/sound-settings.ts';
import type { LoopPoints } from '../../shared/track-sound.ts';
import { mediaUrl } from '../../shared/urls.ts';
import type { Decoder } from './decode/decoder.ts';
import type { ElementTrack } from './element-track.ts';
import { createElementTrack } from './element-track.ts';
import type { Laps } from './laps.ts';
import { createLaps } from './laps.ts';
import { createPlayGains } from './loudness/play-gains.ts';
import type { Output } from './output.ts';
import { createPatience } from './patience.ts';
import { createPlayReports } from './play-reports.ts';
import type { Pace } from './scheduler.ts';
import { createScheduler } from './scheduler.ts';

/** The tracks that sound: the one that plays, the one that follows, and how they join. */
export interface Music {
  /** @param pace of a pause or a resume, should there be one */
  readonly follow: (view: SessionView, sounding: boolean, pace: Pace) => void;
  readonly tune: (settings: SoundSettings) => void;
  /** Goes on from where it is on another output; the one before may be closed. */
  readonly moveTo: (output: Output) => void;
  /** For what doesn't sound through the output: the listener's volume. */
  readonly setGain: (gain: number) => void;
  /** Into the track, as heard at this moment. */
  readonly seconds: () => number;
  /** What is put on the output may be louder than full scale. */
  readonly mayExceed: () => boolean;
  readonly underruns: () => number;
  /** It should sound, and has nothing to sound with. */
  readonly isWaiting: () => boolean;
  readonly close: () => void;
}

export interface MusicOptions {
  readonly output: Output;
  readonly decoder: Decoder;
  readonly settings: SoundSettings;
  readonly report: (report: EngineReport) => void;
  /** What may have changed: the position, which tracks are there. */
  readonly moved: () => void;
}

/** A play with its blocks on the way. */
interface Track {
  readonly play: Play;
  readonly stream: Laps;
  readonly startFrame: number;
  readonly gain: () => number;
  readonly speed: number;
}

/** A track that should sound and for so long has nothing to sound with has failed. */
const patienceMilliseconds = 3000;

/** Decoded ahead of a crossfade: what lies on the clock, and a reserve. */
const reserveSeconds = 5;

export function createMusic(options: MusicOptions): Music {
  const { decoder } = options;
  const reports = createPlayReports(options.report);
  let { output, settings } = options;
  const gains = createPlayGains();
  let scheduler = schedulerOn(output);

  let view: SessionView | null = null;
  let isToSound = false;
  let elementGain = 0;
  let current: Track | null = null;
  /** Opened ahead: what `view.next` says. */
  let upcoming: Track | null = null;
  /** Plays `current` in the scheduler's place when the decoder can't. */
  let element: ElementTrack | null = null;
  /** That `current` goes round within. */
  let loop: LoopPoints | null = null;
  /** Beginning of the block that is heard: it falls where a round begins. */
  let reachedFrame = -1;
  const patience = createPatience(patienceMilliseconds, () => {
    fail('No sound came for 3 s.');
  });

  function schedulerOn(on: Output) {
    return createScheduler<Track>(on, { started, advanced, crossed, reached, ranOut });
  }

  function moveTo(other: Output): void {
    const place = seconds();
    const play = current?.play ?? null;
    const isOver = play !== null && reports.isOver(play.play);
    if (!isOver) stop();
    output = other;
    scheduler = schedulerOn(output);
    if (play !== null && !isOver) begin(open(play, place, loop), loop, true);
  }

  function follow(newer: SessionView, sounding: boolean, pace: Pace): void {
    scheduler.settle();
    const sought = view !== null && newer.seek !== view.seek;
    view = newer;
    isToSound = sounding;
    // Before anything else is begun: it must not sound for a moment.
    if (!sounding) scheduler.pause(pace);
    // A view of the play that we left is older than main's knowledge of our crossing.
    if (view.now === null || !reports.isLeft(view.now.play)) {
      followNow(view, sought);
      followSpeed(view);
      followLoop(view);
      followNext(view);
    }
    if (sounding) scheduler.play(pace);
    element?.setSounding(sounding);
    reportPosition();
    tend();
  }

  function tune(newer: SoundSettings): void {
    settings = newer;
    scheduler.relevel();
  }

  function followNow(newer: SessionView, sought: boolean): void {
    const { now, status, positionSeconds } = newer;
    if (now === null || status === 'idle') stop();
    else if (now.play === current?.play.play || reports.isOver(now.play)) {
      if (sought && element !== null) element.seek(positionSeconds);
      else if (sought) begin(open(now, positionSeconds, newer.loop), newer.loop, true);
    } else if (now.play === upcoming?.play.play && !sought) begin(upcoming, null, false);
    else begin(open(now, positionSeconds, newer.loop), newer.loop, positionSeconds > 0);
  }

  /** Blocks are stretched when they are decoded: those of another speed come anew, from here on. */
  function followSpeed({ speed }: SessionView): void {
    if (current === null || reports.isOver(current.play.play)) return;
    if (element !== null) element.setSpeed(speed);
    else if (current.speed !== speed) begin(open(current.play, seconds(), loop), loop, true);
  }

  function followLoop({ loop: wanted }: SessionView): void {
    if (current === null || isSameLoop(wanted, loop)) return;
    const { stream } = current;
    loop = wanted;
    scheduler.revise(() => {
      stream.setLoop(wanted);
    });
  }

  function followNext({ next }: SessionView): void {
    if (upcoming !== null && upcoming.play.play !== next?.play) {
      scheduler.join(null, 0);
      upcoming.stream.close();
      upcoming = null;
    }
    joinUpcoming();
  }

  function joinUpcoming(): void {
    const overlap = overlapSeconds();
    if (overlap > 0) current?.stream.reachAhead(overlap + reserveSeconds);
    const track = joined() === null ? null : upcoming;
    scheduler.join(track, Math.round(overlap * output.sampleRate));
  }

  /** Of the crossfade to come: at most half of the shorter track. */
  function overlapSeconds(): number {
    if (view?.join.kind !== 'crossfade' || current === null || view.next === null) return 0;
    const shorter = Math.min(current.play.track.seconds, view.next.track.seconds);
    return Math.min(view.join.seconds, shorter / 2 / view.speed);
  }

  function open(play: Play, startSeconds: number, within: LoopPoints | null): Track {
    const { sampleRate } = output;
    const speed = view?.speed ?? 1;
    const { id, format, sound } = play.track;
    const url = mediaUrl(id);
    const from =
      within === null || startSeconds < within.endSeconds ? startSeconds : within.startSeconds;
    const stream = createLaps({
      open: (start, endSeconds) =>
        decoder.open(
          { url, format, part: sound.part, startSeconds: start, endSeconds, sampleRate, speed },
          () => {
            scheduler.pump();
            tend();
          },
        ),
      sampleRate,
      startSeconds: from,
      loop: within,
    });
    const startFrame = Math.round(from * sampleRate);
    return { play, stream, startFrame, speed, gain: () => gains.sounded(newest(play), settings) };
  }

  /** What follows is opened early: its loudness may be known by the time that it begins. */
  function newest(play: Play): Play {
    return view?.next?.play === play.play ? view.next : play;
  }

  function begin(track: Track, within: LoopPoints | null, fadeIn: boolean): void {
    if (current !== track) current?.stream.close();
    if (upcoming !== track) upcoming?.stream.close();
    element?.close();
    element = null;
    upcoming = null;
    current = track;
    loop = within;
    reachedFrame = -1;
    reports.begin(track.startFrame / output.sampleRate);
    scheduler.begin(track, fadeIn);
  }

  function stop(): void {
    scheduler.clear();
    element?.close();
    current?.stream.close();
    upcoming?.stream.close();
    element = null;
    current = null;
    upcoming = null;
  }

  /** What has to be looked after whenever something moved: the next track, and stalls. */
  function tend(): void {
    const next = view?.next;
    if (upcoming === null && next && next.play !== current?.play.play && scheduler.isAhead()) {
      upcoming = open(next, next.startSeconds, null);
      joinUpcoming();
    }
    patience.waiting(scheduler.isWaiting());
    options.moved();
  }

  /** What is to follow without main's word. */
  function joined(): Play | null {
    if (view === null || view.join.kind === 'none') return null;
    // Main may not have answered yet that this is what plays.
    return view.next?.play === current?.play.play ? null : view.next;
  }

  function started({ play: { play } }: Track): void {
    reports.started(play);
  }

  function advanced(): void {
    if (element !== null && loop !== null && element.seconds() >= loop.endSeconds) {
      element.seek(loop.startSeconds);
      reportRound();
    }
    reportPosition();
    tend();
  }

  function reached(track: Track, trackFrame: number): void {
    if (track !== current) return;
    if (trackFrame <= reachedFrame && loop !== null) reportRound();
    reachedFrame = trackFrame;
  }

  function reportRound(): void {
    if (current !== null) reports.looped(current.play.play);
  }

  function crossed(track: Track): void {
    if (track !== upcoming || current === null) return;
    // All of it is decoded: what still fades out is not touched by this.
    current.stream.close();
    const left = current.play.play;
    current = track;
    upcoming = null;
    loop = null;
    reachedFrame = -1;
    reports.crossed(left, track.play.play);
  }

  function ranOut(track: Track): void {
    if (track !== current || reports.isOver(track.play.play)) return;
    const failure = track.stream.failure();
    if (failure?.failure === 'undecodable') playByElement(track);
    else if (failure !== null) fail(failure.reason);
    else handOver(track.play, joined());
  }

  /** The play was heard to its end: goes on with what joins, or leaves the choice to main. */
  function handOver({ play }: Play, next: Play | null): void {
    if (next === null) {
      reports.ended(play);
      return;
    }
    reports.crossed(play, next.play);
    begin(upcoming ?? open(next, next.startSeconds, null), null, false);
  }

  function fail(reason: string): void {
    if (current === null) return;
    const { play } = current.play;
    stop();
    reports.failed(play, reason);
  }

  function playByElement({ play, startFrame, speed }: Track): void {
    scheduler.clear();
    element = createElementTrack(
      {
        url: mediaUrl(play.track.id),
        format: play.track.format,
        part: play.track.sound.part,
        startSeconds: startFrame / output.sampleRate,
        gain: elementGain,
        speed,
      },
      {
        started: () => {
          if (current !== null) started(current);
        },
        advanced,
        ended: () => {
          if (current !== null) handOver(current.play, joined());
        },
        failed: fail,
      },
    );
    element.setSounding(isToSound);
  }

  function reportPosition(): void {
    if (current !== null) reports.position(current.play.play, seconds());
  }

  function seconds(): number {
    if (element !== null) return element.seconds();
    if (current === null) return view?.positionSeconds ?? 0;
    return scheduler.positionFrames() / output.sampleRate;
  }

  return {
    follow,
    tune,
    moveTo,
    setGain: (gain) => {
      elementGain = gain;
      element?.setGain(gain);
    },
    seconds,
    mayExceed: () =>
      view?.join.kind === 'crossfade' ||
      [current, upcoming].some(
        (track) =>
          track !== null && (gains.expected(newest(track.play), settings) > 1 || track.speed !== 1),
      ),
    underruns: () => scheduler.underruns(),
    isWaiting: () => scheduler.isWaiting(),
    close: () => {
      patience.waiting(false);
      stop();
    },
  };
}

function isSameLoop(one: LoopPoints | null, other: LoopPoints | null): boolean {
  return one?.startSeconds === other?.startSeconds && one?.endSeconds === other?.endSeconds;
}
