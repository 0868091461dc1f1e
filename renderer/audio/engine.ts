import type { EngineReport, Play, SessionView } from '../../shared/session.ts';
import type { SoundSettings } from '../../shared/sound-settings.ts';
import { mediaUrl } from '../../shared/urls.ts';
import type { BlockStream } from './decode/decoder.ts';
import { createDecoder } from './decode/decoder.ts';
import type { ElementTrack } from './element-track.ts';
import { createElementTrack } from './element-track.ts';
import type { Effects } from './effects/effects.ts';
import { createEffects } from './effects/effects.ts';
import type { Graph } from './howler-context.ts';
import { createGraph } from './howler-context.ts';
import { createOutput } from './output.ts';
import type { OutputChange, Outputs } from './outputs.ts';
import { createRevival } from './revival.ts';
import { trackGain } from './loudness/track-gain.ts';
import type { Pace, Scheduler } from './scheduler.ts';
import { createScheduler } from './scheduler.ts';
import { createPatience } from './patience.ts';
import { createSpotPlayer } from './spot-player.ts';
import { volumeGain } from './volume.ts';

/** The instrument: it sounds what the session says and reports what was heard. */
export interface Engine {
  /** Call with every view of the session, the first included. */
  readonly follow: (view: SessionView) => void;
  /** Call with every change of how the music is to sound. */
  readonly tune: (settings: SoundSettings) => void;
  /** Seconds into the track (in a break: the spot) that is heard at this moment. */
  readonly position: () => number;
  /** How often blocks came too late to join on to what was sounding. */
  readonly underruns: () => number;
  /** It should sound, and has nothing to sound with. */
  readonly isStarved: () => boolean;
  readonly close: () => void;
}

export interface EngineOptions {
  readonly report: (report: EngineReport) => void;
  readonly settings: SoundSettings;
  /** Which output sounds. The engine tells it what the listener chose. */
  readonly outputs: Outputs;
  /** Restarts the system's side of the sound. */
  readonly restartSound: () => Promise<void>;
}

/** A play with its blocks on the way. */
interface Track {
  readonly play: Play;
  readonly stream: BlockStream;
  readonly startFrame: number;
  readonly gain: () => number;
  readonly speed: number;
}

interface Rig {
  readonly graph: Graph;
  readonly effects: Effects;
  readonly scheduler: Scheduler<Track>;
  readonly sampleRate: number;
}

/** A track that should sound and for so long has nothing to sound with has failed. */
const patienceMilliseconds = 3000;

/** On an output that was not chosen just now the sound rises slowly: it may be a loud one. */
const riseSeconds = { first: 0.02, after: 0.4 };

/** Reports of the position are at least this far apart. */
const positionStepSeconds = 0.2;

export function createEngine(options: EngineOptions): Engine {
  const { report, outputs } = options;
  let { settings } = options;
  const revival = createRevival({ outputs, restart: options.restartSound, revive: rebuild });
  const decoder = createDecoder();
  const spots = createSpotPlayer(report);
  let rig = build(riseSeconds.first);
  const unlisten = outputs.onChanged(outputChanged);

  let view: SessionView | null = null;
  let current: Track | null = null;
  /** Opened ahead: what `view.next` says. */
  let upcoming: Track | null = null;
  /** Plays `current` in the scheduler's place when the decoder can't. */
  let element: ElementTrack | null = null;
  /** The play that was crossed from: main may not know yet that it is over. */
  let leftPlay: number | null = null;
  /** The play that `ended` or `failed` was reported for: nothing more comes of it. */
  let overPlay: number | null = null;
  let startedPlay: number | null = null;
  let reportedSeconds = 0;
  /** An output was unplugged: nothing sounds until main has paused. */
  let isHeld = false;
  const patience = createPatience(patienceMilliseconds, () => {
    fail('No sound came for 3 s.');
  });

  function build(rise: number): Rig {
    const { sinkId, id: outputId } = outputs.current();
    const graph = createGraph({ sinkId, riseSeconds: rise, died });
    const effects = createEffects(graph.context, graph.master);
    effects.tune(settings, { outputId, mayExceed: false });
    const output = createOutput(graph.context, effects.input);
    const scheduler = createScheduler<Track>(output, {
      started,
      advanced,
      crossed,
      reached: () => undefined,
      ranOut,
    });
    return { graph, effects, scheduler, sampleRate: graph.context.sampleRate };
  }

  function died(): void {
    revival.begin();
    if (view !== null) follow(view);
  }

  function outputChanged({ from, lost }: OutputChange): void {
    if (lost && view?.status === 'playing') {
      isHeld = settings.pauseWhenUnplugged;
      report({ kind: 'outputLost', name: from.name, pauses: isHeld });
    }
    if (!revival.isUnderWay()) rebuild();
  }

  /** All goes on, from the same place, on a new context. */
  function rebuild(): void {
    const seconds = musicSeconds();
    rig.graph.close();
    spots.close();
    rig = build(riseSeconds.after);
    if (view === null) return;
    if (current !== null && current.play.play !== overPlay) {
      const { play } = current;
      stopMusic();
      begin(open(play, seconds), true);
    }
    follow(view);
  }

  function follow(newer: SessionView): void {
    rig.scheduler.settle();
    const sought = view !== null && newer.seek !== view.seek;
    view = newer;
    if (view.status !== 'playing') isHeld = false;
    const sounding = isSounding(view);
    outputs.setSounding(sounding);
    followVolume(view);
    // Before anything else is begun: it must not sound for a moment.
    if (!sounding) rig.scheduler.pause(paceOf(view));
    // A view of the play that we left is older than main's knowledge of our crossing.
    if (view.now === null || view.now.play !== leftPlay) {
      followNow(view, sought);
      followSpeed(view);
      followNext(view);
    }
    if (sounding) rig.scheduler.play(paceOf(view));
    element?.setSounding(sounding);
    spots.follow(
      view.adBreak,
      view.status === 'playing' && view.adBreak?.held === false && canSound(),
    );
    reportPosition();
    tend();
  }

  function tune(newer: SoundSettings): void {
    settings = newer;
    void outputs.choose(settings.output);
    tuneEffects();
    rig.scheduler.relevel();
  }

  /** What is lifted over full scale is held down again, as are two tracks that sound at once. */
  function tuneEffects(): void {
    const isLifted = [current, upcoming].some((track) => track !== null && track.gain() > 1);
    const mayExceed = isLifted || view?.join.kind === 'crossfade';
    rig.effects.tune(settings, { outputId: outputs.current().id, mayExceed });
  }

  /** Blocks are stretched when they are decoded: those of another speed come anew, from here on. */
  function followSpeed({ speed }: SessionView): void {
    if (current === null || current.play.play === overPlay) return;
    if (element !== null) element.setSpeed(speed);
    else if (current.speed !== speed) begin(open(current.play, musicSeconds()), true);
  }

  function followVolume({ volume, muted }: SessionView): void {
    const gain = volumeGain(volume, muted);
    rig.graph.setGain(gain);
    element?.setGain(gain);
  }

  function followNow({ now, status, positionSeconds }: SessionView, sought: boolean): void {
    if (now === null || status === 'idle') stopMusic();
    else if (now.play === current?.play.play || now.play === overPlay) {
      if (sought && element !== null) element.seek(positionSeconds);
      else if (sought) begin(open(now, positionSeconds), true);
    } else if (now.play === upcoming?.play.play && !sought) begin(upcoming, false);
    else begin(open(now, positionSeconds), positionSeconds > 0);
  }

  function followNext({ next, join }: SessionView): void {
    if (upcoming !== null && upcoming.play.play !== next?.play) {
      rig.scheduler.join(null, 0);
      upcoming.stream.close();
      upcoming = null;
    }
    rig.scheduler.join(join.kind === 'none' ? null : upcoming, 0);
  }

  function open(play: Play, startSeconds: number): Track {
    const { sampleRate } = rig;
    const speed = view?.speed ?? 1;
    const { id, format, sound } = play.track;
    const url = new URL(mediaUrl(id), location.href).href;
    const stream = decoder.open(
      { url, format, part: sound.part, startSeconds, endSeconds: null, sampleRate, speed },
      () => {
        rig.scheduler.pump();
        tend();
      },
    );
    return {
      play,
      stream,
      startFrame: Math.round(startSeconds * sampleRate),
      speed,
      gain: () => trackGain(play, settings),
    };
  }

  function begin(track: Track, fadeIn: boolean): void {
    if (current !== track) current?.stream.close();
    if (upcoming !== track) upcoming?.stream.close();
    element?.close();
    element = null;
    upcoming = null;
    current = track;
    overPlay = null;
    reportedSeconds = track.startFrame / rig.sampleRate;
    rig.scheduler.begin(track, fadeIn);
  }

  function stopMusic(): void {
    rig.scheduler.clear();
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
    if (upcoming === null && next && next.play !== current?.play.play && rig.scheduler.isAhead()) {
      upcoming = open(next, next.startSeconds);
      rig.scheduler.join(joined() === null ? null : upcoming, 0);
    }
    patience.waiting(rig.scheduler.isWaiting());
    tuneEffects();
  }

  /** What is to follow without main's word. */
  function joined(): Play | null {
    return view === null || view.join.kind === 'none' ? null : view.next;
  }

  function started({ play: { play } }: Track): void {
    if (startedPlay === play) return;
    startedPlay = play;
    report({ kind: 'started', play });
  }

  function advanced(): void {
    reportPosition();
    tend();
  }

  function crossed(track: Track): void {
    if (track !== upcoming || current === null) return;
    current.stream.close();
    leftPlay = current.play.play;
    current = track;
    upcoming = null;
    startedPlay = track.play.play;
    reportedSeconds = 0;
    report({ kind: 'crossed', play: track.play.play });
  }

  function ranOut(track: Track): void {
    if (track !== current || overPlay === track.play.play) return;
    const failure = track.stream.failure();
    if (failure?.failure === 'undecodable') playByElement(track);
    else if (failure !== null) fail(failure.reason);
    else handOver(track.play, joined());
  }

  /** The play was heard to its end: goes on with what joins, or leaves the choice to main. */
  function handOver({ play }: Play, next: Play | null): void {
    if (next === null) {
      overPlay = play;
      report({ kind: 'ended', play });
      return;
    }
    leftPlay = play;
    startedPlay = next.play;
    report({ kind: 'crossed', play: next.play });
    begin(upcoming ?? open(next, next.startSeconds), false);
  }

  function fail(reason: string): void {
    if (current === null) return;
    const { play } = current.play;
    overPlay = play;
    stopMusic();
    report({ kind: 'failed', play, reason: reason.slice(0, 300) });
  }

  function playByElement({ play, startFrame }: Track): void {
    rig.scheduler.clear();
    element = createElementTrack(
      {
        url: new URL(mediaUrl(play.track.id), location.href).href,
        format: play.track.format,
        startSeconds: startFrame / rig.sampleRate,
        gain: view === null ? 0 : volumeGain(view.volume, view.muted),
        speed: view?.speed ?? 1,
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
    element.setSounding(view !== null && isSounding(view));
  }

  /** Whether the music is heard at this moment. */
  function isSounding({ status, adBreak }: SessionView): boolean {
    return status === 'playing' && adBreak === null && canSound();
  }

  function canSound(): boolean {
    return !isHeld && !revival.isUnderWay();
  }

  /** A listener's own pause may take its time; all else must be over at once. */
  function paceOf({ adBreak }: SessionView): Pace {
    return settings.fadeOnPause && adBreak === null && canSound() ? 'slow' : 'quick';
  }

  function reportPosition(): void {
    if (current === null || overPlay === current.play.play) return;
    const seconds = musicSeconds();
    if (Math.abs(seconds - reportedSeconds) < positionStepSeconds) return;
    reportedSeconds = seconds;
    report({ kind: 'position', play: current.play.play, seconds });
  }

  function musicSeconds(): number {
    if (element !== null) return element.seconds();
    if (current === null) return view?.positionSeconds ?? 0;
    return rig.scheduler.positionFrames() / rig.sampleRate;
  }

  function position(): number {
    return spots.position() ?? musicSeconds();
  }

  function close(): void {
    patience.waiting(false);
    unlisten();
    stopMusic();
    spots.close();
    decoder.close();
    rig.graph.close();
  }

  return {
    follow,
    tune,
    position,
    underruns: () => rig.scheduler.underruns(),
    isStarved: () => rig.scheduler.isWaiting(),
    close,
  };
}
