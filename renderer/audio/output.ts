import type { Planes } from './decode/decode-messages.ts';

/**
 * Where blocks become sound. All places are whole frames on the clock of the context, so that a
 * sum of block lengths is the place of the next one, exactly, however long the music plays.
 */
export interface Output {
  /** In hertz. */
  readonly sampleRate: number;
  /** The frame that is rendered next. */
  readonly frame: () => number;
  /** How far from now a sound may begin, most of the time: ask `isLate` when it is scheduled. */
  readonly leadFrames: number;
  /** The clock came too near to this frame while the sound was being made ready. */
  readonly isLate: (atFrame: number) => boolean;
  /** How much later than rendered a frame is heard. */
  readonly latencyFrames: () => number;
  /** @param fadeInFrames 0: the first sample comes as it is */
  readonly openVoice: (atFrame: number, fadeInFrames: number) => Voice;
}

/** All that sounds from a beginning or a resume to the next pause, with one fade around it. */
export interface Voice {
  /** @param level linear gain; at 1 the samples pass as they are */
  readonly openDeck: (level: number) => Deck;
  /** Fades out over the last frames before `atFrame`; nothing of it sounds after. Sooner: again. */
  readonly stop: (atFrame: number, fadeOutFrames: number) => void;
}

/** One track's way to the voice. */
export interface Deck {
  /** @param ended called once it was rendered to its end; never when it was cancelled or stopped */
  readonly play: (planes: Planes, atFrame: number, ended: () => void) => Sound;
  /** Goes there by a short ramp. */
  readonly setLevel: (level: number) => void;
  readonly fade: (fade: Fade) => void;
  /** Forgets a fade that has not begun. */
  readonly unfade: (atFrame: number) => void;
  /** When nothing of it sounds any more. */
  readonly close: () => void;
}

/** Half of a crossfade: both together have the same power all the time. */
export interface Fade {
  readonly direction: 'in' | 'out';
  /** How much of it is over already when it begins: 0 … 1. */
  readonly progress: number;
  readonly atFrame: number;
  readonly frames: number;
}

export interface Sound {
  /** Only for sounds that have not begun: it ends without a fade. */
  readonly cancel: () => void;
  /** It ends in front of this frame, and tells so as if that were its own end. */
  readonly cut: (atFrame: number) => void;
}

/**
 * The sound card asks for about 1000 frames in one go and then leaves the clock standing: mostly a
 * sound has until the next time it asks, and only seldom comes in between.
 */
const leadFrames = 4 * 128;

/** A new connection is heard a render quantum late when the renderer holds the graph. */
const guardFrames = 2 * 128;

/** As many buffers as lie scheduled at once, and some to spare. */
const pooledBuffers = 24;

/** Long enough for a change of level not to click. */
const levelRampSeconds = 0.05;

/** Straight pieces that a fade's curve is made of. */
const fadeSteps = 64;

/**
 * A source that begins a trace before a frame, as quotients do, is read between its samples: not to
 * be heard, but not the same bits. So much after the frame still counts as on it.
 */
const afterFrames = 1e-4;

export function createOutput(context: BaseAudioContext, destination: AudioNode): Output {
  const { sampleRate } = context;
  const pool: AudioBuffer[] = [];

  function takeBuffer(channels: number, frames: number): AudioBuffer {
    const fits = pool.findIndex(
      (buffer) => buffer.length === frames && buffer.numberOfChannels === channels,
    );
    const [buffer] = fits === -1 ? [] : pool.splice(fits, 1);
    return buffer ?? context.createBuffer(channels, frames, sampleRate);
  }

  function openVoice(atFrame: number, fadeInFrames: number): Voice {
    const { gain, node } = createGain(context, 1);
    node.connect(destination);
    if (fadeInFrames > 0) {
      gain.setValueAtTime(0, atFrame / sampleRate);
      gain.linearRampToValueAtTime(1, (atFrame + fadeInFrames) / sampleRate);
    }
    /** With the frame where each ends at the latest. */
    const sounding = new Map<AudioBufferSourceNode, number>();
    let stopped = false;

    function openDeck(level: number): Deck {
      const fader = createGain(context, 1);
      const leveller = createGain(context, level);
      fader.node.connect(leveller.node).connect(node);

      function play(planes: Planes, startFrame: number, ended: () => void): Sound {
        const buffer = takeBuffer(planes.length, planes[0]?.length ?? 0);
        planes.forEach((plane, channel) => {
          buffer.copyToChannel(plane, channel);
        });
        const source = context.createBufferSource();
        source.buffer = buffer;
        source.connect(fader.node);
        let cancelled = false;
        source.onended = () => {
          source.disconnect();
          sounding.delete(source);
          pool.push(buffer);
          // The oldest goes: it has the odd length of some track's last block.
          if (pool.length > pooledBuffers) pool.shift();
          if (stopped && sounding.size === 0) node.disconnect();
          if (!stopped && !cancelled) ended();
        };
        sounding.set(source, Infinity);
        source.start((startFrame + afterFrames) / sampleRate);
        return {
          cancel: () => {
            cancelled = true;
            source.stop();
          },
          cut: (cutFrame) => {
            sounding.set(source, cutFrame);
            source.stop(cutFrame / sampleRate);
          },
        };
      }

      return {
        play,
        setLevel: (wanted) => {
          rampTo(leveller.gain, wanted, context.currentTime);
        },
        fade: (wanted) => {
          drawFade(fader.gain, wanted, sampleRate);
        },
        unfade: (fadeFrame) => {
          fader.gain.cancelScheduledValues(fadeFrame / sampleRate);
        },
        close: () => {
          leveller.node.disconnect();
        },
      };
    }

    function stop(stopFrame: number, fadeOutFrames: number): void {
      stopped = true;
      gain.cancelAndHoldAtTime((stopFrame - fadeOutFrames) / sampleRate);
      gain.linearRampToValueAtTime(0, stopFrame / sampleRate);
      for (const [source, end] of sounding) source.stop(Math.min(end, stopFrame) / sampleRate);
      if (sounding.size === 0) node.disconnect();
    }

    return { openDeck, stop };
  }

  return {
    sampleRate,
    frame: () => Math.round(context.currentTime * sampleRate),
    leadFrames,
    isLate: (atFrame) => Math.round(context.currentTime * sampleRate) > atFrame - guardFrames,
    latencyFrames: () =>
      context instanceof AudioContext ? Math.round(context.outputLatency * sampleRate) : 0,
    openVoice,
  };
}

function createGain(context: BaseAudioContext, value: number) {
  const node = context.createGain();
  node.gain.value = value;
  return { node, gain: node.gain };
}

function rampTo(gain: AudioParam, value: number, now: number): void {
  gain.cancelAndHoldAtTime(now);
  gain.setValueAtTime(gain.value, now);
  gain.linearRampToValueAtTime(value, now + levelRampSeconds);
}

function drawFade(
  gain: AudioParam,
  { direction, progress, atFrame, frames }: Fade,
  sampleRate: number,
): void {
  for (let step = 0; step <= fadeSteps; step += 1) {
    const time = (atFrame + (frames * step) / fadeSteps) / sampleRate;
    const value = fadeGain(direction, progress + ((1 - progress) * step) / fadeSteps);
    if (step === 0) gain.setValueAtTime(value, time);
    else gain.linearRampToValueAtTime(value, time);
  }
}

/** Of equal power: the squares of both directions add up to 1. */
function fadeGain(direction: Fade['direction'], progress: number): number {
  const angle = (progress * Math.PI) / 2;
  return direction === 'in' ? Math.sin(angle) : Math.cos(angle);
}
