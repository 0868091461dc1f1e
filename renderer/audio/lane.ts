import type { Block } from './decode/decode-messages.ts';
import { head, placeIn, rest } from './decode/blocks.ts';
import type { BlockStream } from './decode/decoder.ts';
import type { Deck, Fade, Output, Sound, Voice } from './output.ts';

/** A track as the scheduler sees it. Its stream begins at `startFrame` of the track. */
export interface Scheduled {
  readonly stream: Pick<
    BlockStream,
    'take' | 'putBack' | 'release' | 'remainingFrames' | 'isFinished' | 'failure'
  >;
  readonly startFrame: number;
  /** Linear; asked for when its deck opens and whenever gains have changed. */
  readonly gain: () => number;
}

export interface LaneEvents {
  /** A block was rendered to its end. */
  readonly rendered: () => void;
  /** A block came too late to join on to the one before. */
  readonly late: () => void;
  /** What begins at this frame of the track is heard now. */
  readonly reached: (trackFrame: number) => void;
}

/** One track on the clock: its blocks one right behind the other, through a deck of their own. */
export interface Lane<Track> {
  readonly track: Track;
  readonly isOpen: () => boolean;
  /** There is enough to begin with: after one short block alone the next might come too late. */
  readonly isReady: () => boolean;
  readonly open: (voice: Voice, atFrame: number) => void;
  /** Schedules what there is, up to this frame and a block beyond. */
  readonly fill: (untilFrame: number) => void;
  /** Where the first block that is not over begins; null: there is none. */
  readonly beginFrame: () => number | null;
  /** Where the next block will be put. */
  readonly nextFrame: () => number;
  /** Where the track's last frame will be over; null: not known, or it does not end well. */
  readonly endFrame: () => number | null;
  /** Takes off the clock what was rendered and heard up to here. */
  readonly retire: (heardFrame: number) => void;
  readonly isEmpty: () => boolean;
  /** Nothing on the clock is still to be rendered. */
  readonly isRendered: () => boolean;
  /** Of the track, at this frame of the clock. */
  readonly positionAt: (heardFrame: number) => number;
  /** The voice was stopped: from this frame on all goes back to the stream. */
  readonly giveBack: (fromFrame: number) => void;
  /** From this frame on all goes back to the stream; what is filled in next comes right there. */
  readonly cut: (atFrame: number) => void;
  readonly fade: (fade: Fade) => void;
  readonly unfade: (atFrame: number) => void;
  readonly relevel: () => void;
  /** Once nothing of it is to sound any more. */
  readonly close: () => void;
}

interface Entry {
  block: Block;
  readonly atFrame: number;
  readonly sound: Sound;
  endFrame: number;
  isRendered: boolean;
  isReached: boolean;
}

export function createLane<Track extends Scheduled>(
  output: Output,
  track: Track,
  events: LaneEvents,
): Lane<Track> {
  const { stream } = track;
  /** In the order of the clock; nothing overlaps. */
  let line: Entry[] = [];
  let deck: Deck | null = null;
  let isBegun = false;
  let nextFrame = 0;
  /** Place in the track while nothing of it is on the clock. */
  let restingFrame = track.startFrame;

  function isReady(): boolean {
    const [first, second] = [stream.take(), stream.take()];
    if (second !== undefined) stream.putBack(second);
    if (first === undefined) return false;
    stream.putBack(first);
    return second !== undefined || stream.remainingFrames() !== null || stream.failure() !== null;
  }

  function open(voice: Voice, atFrame: number): void {
    deck = voice.openDeck(track.gain());
    isBegun = false;
    nextFrame = atFrame;
  }

  function fill(untilFrame: number): void {
    while (deck !== null && nextFrame < untilFrame) {
      const block = stream.take();
      if (block === undefined) return;
      schedule(deck, block);
    }
  }

  function schedule(on: Deck, block: Block): void {
    const earliest = output.frame() + output.leadFrames;
    if (isBegun && nextFrame < earliest) {
      events.late();
      nextFrame = earliest;
    }
    isBegun = true;
    let entry = place(on, block);
    // Seldom: the clock ran on meanwhile.
    while (output.isLate(entry.atFrame)) {
      entry.sound.cancel();
      nextFrame = output.frame() + output.leadFrames;
      entry = place(on, block);
    }
    line.push(entry);
    nextFrame = entry.endFrame;
  }

  function place(on: Deck, block: Block): Entry {
    const atFrame = nextFrame;
    const sound = on.play(block.planes, atFrame, () => {
      entry.isRendered = true;
      events.rendered();
    });
    const endFrame = atFrame + block.frames;
    const entry: Entry = { block, atFrame, endFrame, sound, isRendered: false, isReached: false };
    return entry;
  }

  function endFrame(): number | null {
    const remaining = stream.failure() === null ? stream.remainingFrames() : null;
    return remaining === null ? null : nextFrame + remaining;
  }

  function retire(heardFrame: number): void {
    for (const entry of line) reach(entry, heardFrame);
    while (line[0]?.isRendered && line[0].endFrame <= heardFrame) {
      const { block, atFrame, endFrame: end } = line[0];
      line.shift();
      stream.release(end - atFrame);
      restingFrame = placeIn(block, end - atFrame);
    }
  }

  function reach(entry: Entry, heardFrame: number): void {
    if (entry.isReached || entry.atFrame > heardFrame) return;
    entry.isReached = true;
    events.reached(entry.block.trackFrame);
  }

  function giveBack(fromFrame: number): void {
    takeBack(fromFrame);
    for (const entry of line) {
      reach(entry, fromFrame);
      stream.release(entry.endFrame - entry.atFrame);
      restingFrame = placeIn(entry.block, entry.endFrame - entry.atFrame);
    }
    line = [];
    deck = null;
  }

  function cut(atFrame: number): void {
    for (const { atFrame: begin, endFrame: end, sound } of line) {
      if (begin >= atFrame) sound.cancel();
      else if (end > atFrame) sound.cut(atFrame);
    }
    takeBack(atFrame);
    nextFrame = Math.min(nextFrame, atFrame);
  }

  /** Shortens the line; what it loses goes back to the stream, to the sample. */
  function takeBack(fromFrame: number): void {
    for (const entry of line.toReversed()) {
      if (entry.endFrame <= fromFrame) break;
      const { block, atFrame } = entry;
      const playedFrames = Math.max(0, fromFrame - atFrame);
      stream.putBack(rest(block, playedFrames));
      entry.block = head(block, playedFrames);
      entry.endFrame = atFrame + playedFrames;
    }
    line = line.filter((entry) => entry.endFrame > entry.atFrame);
  }

  function positionAt(heardFrame: number): number {
    const entry = line.find((candidate) => heardFrame < candidate.endFrame);
    if (entry === undefined) return restingFrame;
    return placeIn(entry.block, Math.max(0, heardFrame - entry.atFrame));
  }

  function close(): void {
    deck?.close();
    deck = null;
  }

  return {
    track,
    isOpen: () => deck !== null,
    isReady,
    open,
    fill,
    beginFrame: () => line[0]?.atFrame ?? null,
    nextFrame: () => nextFrame,
    endFrame,
    retire,
    isEmpty: () => line.length === 0,
    isRendered: () => line.every((entry) => entry.isRendered),
    positionAt,
    giveBack,
    cut,
    fade: (fade) => deck?.fade(fade),
    unfade: (atFrame) => deck?.unfade(atFrame),
    relevel: () => deck?.setLevel(track.gain()),
    close,
  };
}
