import type { EngineReport, SessionView } from '../../shared/session.ts';
import type { SoundSettings } from '../../shared/sound-settings.ts';
import { createDecoder } from './decode/decoder.ts';
import type { Effects } from './effects/effects.ts';
import { createEffects } from './effects/effects.ts';
import type { Graph } from './howler-context.ts';
import { createGraph } from './howler-context.ts';
import { createMusic } from './music.ts';
import type { Output } from './output.ts';
import { createOutput } from './output.ts';
import type { OutputChange, Outputs } from './outputs.ts';
import { createRevival } from './revival.ts';
import type { Pace } from './scheduler.ts';
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

/** What the music sounds through. */
interface Rig {
  readonly graph: Graph;
  readonly effects: Effects;
  readonly output: Output;
}

/** On an output that was not chosen just now the sound rises slowly: it may be a loud one. */
const riseSeconds = { first: 0.02, after: 0.4 };

export function createEngine(options: EngineOptions): Engine {
  const { report, outputs } = options;
  let { settings } = options;
  const revival = createRevival({ outputs, restart: options.restartSound, revive: rebuild });
  const decoder = createDecoder();
  const spots = createSpotPlayer(report);
  let rig = build(riseSeconds.first);
  const unlisten = outputs.onChanged(outputChanged);
  const music = createMusic({ output: rig.output, decoder, settings, report, moved: tuneEffects });

  let view: SessionView | null = null;
  /** An output was unplugged: nothing sounds until main has paused. */
  let isHeld = false;
  /** The session fell asleep, or does. */
  let isSunk = false;

  function build(rise: number): Rig {
    const { sinkId, id: outputId } = outputs.current();
    const graph = createGraph({ sinkId, riseSeconds: rise, died });
    const effects = createEffects(graph.context, graph.master);
    effects.tune(settings, { outputId, mayExceed: false });
    return { graph, effects, output: createOutput(graph.context, effects.input) };
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
    const before = rig.graph;
    spots.close();
    rig = build(riseSeconds.after);
    music.moveTo(rig.output);
    before.close();
    if (view !== null) follow(view);
  }

  function follow(newer: SessionView): void {
    view = newer;
    if (view.status !== 'playing') isHeld = false;
    const sounding = isSounding(view);
    outputs.setSounding(sounding);
    followVolume(view);
    music.follow(view, sounding, paceOf(view));
    spots.follow(
      view.adBreak,
      view.status === 'playing' && view.adBreak?.held === false && canSound(),
    );
  }

  /** What sank to silence rises only when it plays again: till then it still fades out. */
  function followVolume({ status, volume, muted, fadeSeconds }: SessionView): void {
    if (isSunk && status !== 'playing') return;
    isSunk = fadeSeconds !== null;
    const gain = volumeGain(volume, muted);
    rig.graph.setGain(isSunk ? 0 : gain, fadeSeconds);
    music.setGain(gain);
  }

  function tune(newer: SoundSettings): void {
    settings = newer;
    void outputs.choose(settings.output);
    tuneEffects();
    music.tune(settings);
  }

  /** What is lifted over full scale is held down again, as are two tracks that sound at once. */
  function tuneEffects(): void {
    const mayExceed = music.mayExceed();
    rig.effects.tune(settings, { outputId: outputs.current().id, mayExceed });
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

  function position(): number {
    return spots.position() ?? music.seconds();
  }

  function close(): void {
    unlisten();
    music.close();
    spots.close();
    decoder.close();
    rig.graph.close();
  }

  return {
    follow,
    tune,
    position,
    underruns: () => music.underruns(),
    isStarved: () => music.isWaiting(),
    close,
  };
}
