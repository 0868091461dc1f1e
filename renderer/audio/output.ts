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

/** Sounds that begin and end together, with one fade around them. */
export interface Voice {
  /** @param ended called once it was rendered to its end; never when it was cancelled or stopped */
  readonly play: (planes: Planes, atFrame: number, ended: () => void) => Sound;
  /** Fades out over the last frames before `atFrame`; nothing of it sounds after. */
  readonly stop: (atFrame: number, fadeOutFrames: number) => void;
}

export interface Sound {
  /** Only for sounds that have not begun: it ends without a fade. */
  readonly cancel: () => void;
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
    const gain = context.createGain();
    gain.connect(destination);
    if (fadeInFrames > 0) {
      gain.gain.setValueAtTime(0, atFrame / sampleRate);
      gain.gain.linearRampToValueAtTime(1, (atFrame + fadeInFrames) / sampleRate);
    }
    const sounding = new Set<AudioBufferSourceNode>();
    let stopped = false;

    function play(planes: Planes, startFrame: number, ended: () => void): Sound {
      const buffer = takeBuffer(planes.length, planes[0]?.length ?? 0);
      planes.forEach((plane, channel) => {
        buffer.copyToChannel(plane, channel);
      });
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(gain);
      let cancelled = false;
      source.onended = () => {
        source.disconnect();
        sounding.delete(source);
        if (pool.length < pooledBuffers) pool.push(buffer);
        if (stopped && sounding.size === 0) gain.disconnect();
        if (!stopped && !cancelled) ended();
      };
      sounding.add(source);
      source.start(startFrame / sampleRate);
      return {
        cancel: () => {
          cancelled = true;
          source.stop();
        },
      };
    }

    function stop(stopFrame: number, fadeOutFrames: number): void {
      stopped = true;
      gain.gain.cancelAndHoldAtTime((stopFrame - fadeOutFrames) / sampleRate);
      gain.gain.linearRampToValueAtTime(0, stopFrame / sampleRate);
      for (const source of sounding) source.stop(stopFrame / sampleRate);
      if (sounding.size === 0) gain.disconnect();
    }

    return { play, stop };
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
