import type { Block } from './decode/decode-messages.ts';
import type { BlockStream } from './decode/decoder.ts';
import type { Output, Sound, Voice } from './output.ts';

/** A track as the scheduler sees it. Its stream begins at `startFrame` of the track. */
export interface Scheduled {
  readonly stream: Pick<BlockStream, 'take' | 'putBack' | 'release' | 'isFinished' | 'failure'>;
  readonly startFrame: number;
}

export interface SchedulerEvents<Track> {
  /** The first block of a track that was begun has its place on the clock. */
  readonly started: (track: Track) => void;
  /** A block was played to its end: a good moment to look at the position. */
  readonly advanced: () => void;
  /** The next track, joined without a gap, is what is heard now. */
  readonly crossed: (track: Track) => void;
  /** All of the track was played, or all that its broken stream gave. */
  readonly ranOut: (track: Track) => void;
}

/**
 * Puts decoded blocks on the clock of the output, one right behind the other, a few seconds ahead.
 * It is driven by what happens to blocks (arrived, played) and never by timers, which a hidden
 * window throttles.
 */
export interface Scheduler<Track> {
  /** Drops what there is and goes on with this track. */
  readonly begin: (track: Track, fadeIn: boolean) => void;
  /** What joins on to the current track's last sample; null: nothing does. */
  readonly join: (track: Track | null) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly clear: () => void;
  /** Call when a stream has news. */
  readonly pump: () => void;
  /** Crosses now when the join's first sample is about to sound: from then on it can't be undone. */
  readonly settle: () => void;
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
const fadeSeconds = 0.01;

interface Entry<Track> {
  readonly track: Track;
  readonly block: Block;
  readonly atFrame: number;
  readonly endFrame: number;
  readonly sound: Sound;
  rendered: boolean;
}

export function createScheduler<Track extends Scheduled>(
  output: Output,
  events: SchedulerEvents<Track>,
): Scheduler<Track> {
  const aheadFrames = Math.round(aheadSeconds * output.sampleRate);
  const fadeFrames = Math.round(fadeSeconds * output.sampleRate);

  /** In the order of the clock; nothing overlaps. Empty whenever `voice` is null. */
  let line: Entry<Track>[] = [];
  let voice: Voice | null = null;
  let current: Track | null = null;
  let joining: Track | null = null;
  /** Whose blocks are scheduled next: `current`, or `joining` once `current` has no more. */
  let filling: Track | null = null;
  let nextFrame = 0;
  /** Where the voice that was stopped last has faded out. */
  let silentFrom = 0;
  let playing = false;
  let fadeIn = false;
  let announced = false;
  /** Place in the current track while nothing of it is on the clock. */
  let restingFrame = 0;
  let underruns = 0;

  function begin(track: Track, fade: boolean): void {
    takeDown();
    current = track;
    filling = track;
    joining = null;
    restingFrame = track.startFrame;
    fadeIn = fade;
    announced = false;
    pump();
  }

  function join(track: Track | null): void {
    if (track === joining) return;
    if (filling !== current) {
      const dropped = line.filter((entry) => entry.track !== current);
      line = line.filter((entry) => entry.track === current);
      for (const entry of dropped.reverse()) {
        entry.sound.cancel();
        entry.track.stream.putBack(entry.block);
      }
      nextFrame = line.at(-1)?.endFrame ?? dropped.at(-1)?.atFrame ?? nextFrame;
      filling = current;
    }
    joining = track;
    pump();
  }

  function play(): void {
    if (playing) return;
    playing = true;
    fadeIn ||= announced;
    pump();
  }

  function pause(): void {
    playing = false;
    takeDown();
  }

  function clear(): void {
    takeDown();
    current = null;
    joining = null;
    filling = null;
  }

  /** Fades out and gives back to the streams, to the sample, what will not be heard. */
  function takeDown(): void {
    if (voice === null) return;
    const cutFrame = soonestCut();
    silentFrom = cutFrame;
    voice.stop(cutFrame, fadeFrames);
    voice = null;
    const entries = line;
    line = [];
    const heardLast = entries.findLast((entry) => entry.atFrame < cutFrame);
    for (const { track, block, atFrame } of entries.toReversed()) {
      const playedFrames = Math.min(block.frames, Math.max(0, cutFrame - atFrame));
      track.stream.release(playedFrames);
      if (playedFrames < block.frames) track.stream.putBack(rest(block, playedFrames));
    }
    if (heardLast !== undefined) {
      const { track, block, atFrame } = heardLast;
      crossTo(track);
      restingFrame = placeIn(block, Math.min(block.frames, cutFrame - atFrame));
    }
    filling = current;
  }

  function pump(): void {
    fill();
    refresh();
  }

  function fill(): void {
    while (playing && filling !== null && !reachesAhead()) {
      const block = filling.stream.take();
      if (block !== undefined) schedule(filling, block);
      else if (joining !== null && filling === current && endsWell(filling)) filling = joining;
      else return;
    }
  }

  function schedule(track: Track, block: Block): void {
    const earliest = output.frame() + output.leadFrames;
    if (voice === null) {
      nextFrame = Math.max(earliest, silentFrom);
      voice = output.openVoice(nextFrame, fadeIn ? fadeFrames : 0);
      fadeIn = false;
    } else if (nextFrame < earliest) {
      underruns += 1;
      nextFrame = earliest;
    }
    let entry = place(voice, track, block);
    // Seldom: the clock ran on meanwhile.
    while (output.isLate(entry.atFrame)) {
      entry.sound.cancel();
      nextFrame = output.frame() + output.leadFrames;
      entry = place(voice, track, block);
    }
    line.push(entry);
    nextFrame = entry.endFrame;
    if (!announced) {
      announced = true;
      events.started(track);
    }
  }

  function place(on: Voice, track: Track, block: Block): Entry<Track> {
    const atFrame = nextFrame;
    const sound = on.play(block.planes, atFrame, () => {
      entry.rendered = true;
      pump();
      events.advanced();
    });
    const endFrame = atFrame + block.frames;
    const entry: Entry<Track> = { track, block, atFrame, endFrame, sound, rendered: false };
    return entry;
  }

  /** Takes what was heard off the line, and tells what follows from that. */
  function refresh(): void {
    const heardFrame = output.frame() - output.latencyFrames();
    let first = line[0];
    while (first?.rendered && (first.endFrame <= heardFrame || line.every(isRendered))) {
      const { track, block } = first;
      line.shift();
      track.stream.release(block.frames);
      crossTo(track);
      restingFrame = placeIn(block, block.frames);
      first = line[0];
    }
    if (first !== undefined) {
      if (first.atFrame <= heardFrame) crossTo(first.track);
    } else if (playing && current?.stream.isFinished()) {
      if (joining === null || filling !== joining) {
        events.ranOut(current);
        return;
      }
      crossTo(joining);
      refresh();
    }
  }

  function settle(): void {
    const cutFrame = soonestCut();
    const begun = line.findLast((entry) => entry.atFrame < cutFrame);
    if (begun !== undefined) crossTo(begun.track);
  }

  /** Where all sound can have faded out at the earliest. */
  function soonestCut(): number {
    return output.frame() + output.leadFrames + fadeFrames;
  }

  function crossTo(track: Track): void {
    if (track === current) return;
    current = track;
    joining = null;
    restingFrame = track.startFrame;
    events.crossed(track);
  }

  function positionFrames(): number {
    const heardFrame = output.frame() - output.latencyFrames();
    const ofCurrent = line.filter((entry) => entry.track === current);
    const entry = ofCurrent.find((candidate) => heardFrame < candidate.endFrame);
    if (entry === undefined) return restingFrame;
    return placeIn(entry.block, Math.max(0, heardFrame - entry.atFrame));
  }

  function reachesAhead(): boolean {
    return voice !== null && nextFrame - output.frame() >= aheadFrames;
  }

  return {
    begin,
    join,
    play,
    pause,
    clear,
    pump,
    settle,
    positionFrames,
    isWaiting: () =>
      playing && current !== null && line.length === 0 && !current.stream.isFinished(),
    isAhead: () => reachesAhead() || (line.length > 0 && filling?.stream.isFinished() === true),
    underruns: () => underruns,
  };
}

function endsWell(track: Scheduled): boolean {
  return track.stream.isFinished() && track.stream.failure() === null;
}

function isRendered(entry: { readonly rendered: boolean }): boolean {
  return entry.rendered;
}

/** Of the track, after so many frames of the block. */
function placeIn({ trackFrame, speed }: Block, frames: number): number {
  return trackFrame + frames * speed;
}

function rest(block: Block, playedFrames: number): Block {
  return {
    planes: block.planes.map((plane) => plane.subarray(playedFrames)),
    frames: block.frames - playedFrames,
    trackFrame: placeIn(block, playedFrames),
    speed: block.speed,
  };
}
