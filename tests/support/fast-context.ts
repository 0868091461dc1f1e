/** An audio context whose time passes when it is told to, and that knows what lives in it. */
export interface FastContext {
  readonly context: BaseAudioContext;
  /** Moves the clock and tells of the sources that ended meanwhile. */
  readonly run: (seconds: number) => void;
  readonly buffers: () => number;
  /** Started, and not over. */
  readonly sources: () => number;
  /** Where all sound goes. */
  readonly destination: AudioNode;
  /** Gains from which something would be heard. */
  readonly gains: () => number;
}

interface Source {
  buffer: { readonly length: number } | null;
  onended: (() => void) | null;
  connect: (to: unknown) => unknown;
  disconnect: () => void;
  start: (at: number) => void;
  stop: (at?: number) => void;
}

/** Only what the output asks of a context. */
export function createFastContext(sampleRate: number): FastContext {
  let seconds = 0;
  let buffers = 0;
  const ends = new Map<Source, number>();
  const targets = new Map<unknown, unknown>();

  function createGain() {
    const param = { value: 1 };
    const methods = ['setValueAtTime', 'linearRampToValueAtTime', 'cancelAndHoldAtTime'];
    for (const method of methods) Object.assign(param, { [method]: () => param });
    const node = {
      gain: param,
      connect: (to: unknown) => {
        targets.set(node, to);
        return to;
      },
      disconnect: () => targets.delete(node),
    };
    return node;
  }

  function createBufferSource(): Source {
    const source: Source = {
      buffer: null,
      onended: null,
      connect: (to) => to,
      disconnect: () => undefined,
      start: (at) => ends.set(source, at + (source.buffer?.length ?? 0) / sampleRate),
      stop: (at = 0) => ends.set(source, Math.min(ends.get(source) ?? Infinity, at)),
    };
    return source;
  }

  function createBuffer(numberOfChannels: number, length: number) {
    buffers += 1;
    return { numberOfChannels, length, copyToChannel: () => undefined };
  }

  const destination: unknown = createGain();
  function isHeard(node: unknown): boolean {
    return node === destination || (targets.has(node) && isHeard(targets.get(node)));
  }

  const context = {
    sampleRate,
    get currentTime() {
      return seconds;
    },
    createGain,
    createBufferSource,
    createBuffer,
  };
  return {
    context: context as unknown as BaseAudioContext,
    run: (by) => {
      seconds += by;
      for (const [source, end] of [...ends]) {
        if (end > seconds) continue;
        ends.delete(source);
        source.onended?.();
      }
    },
    buffers: () => buffers,
    sources: () => ends.size,
    destination: destination as AudioNode,
    gains: () => [...targets.keys()].filter(isHeard).length,
  };
}
