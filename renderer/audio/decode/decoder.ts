import type {
  Block,
  FailureKind,
  FromDecoder,
  StreamRequest,
  ToDecoder,
} from './decode-messages.ts';

export interface StreamFailure {
  readonly failure: FailureKind;
  readonly reason: string;
}

/** One track being decoded, from one place on. */
export interface BlockStream {
  /** The next block in order; undefined when none is there yet, or any more. */
  readonly take: () => Block | undefined;
  /** Gives a block back that was not played: it will be the next again. */
  readonly putBack: (block: Block) => void;
  /** Says that so many frames are played: as many more may be decoded. */
  readonly release: (frames: number) => void;
  /** Decodes at least so far ahead from now on. */
  readonly reachAhead: (seconds: number) => void;
  /** How many are still to be taken; null: that is not decoded yet. */
  readonly remainingFrames: () => number | null;
  /** True when all there is was taken and no more will come. */
  readonly isFinished: () => boolean;
  readonly failure: () => StreamFailure | null;
  readonly close: () => void;
}

export interface Decoder {
  /** @param changed called whenever a block, the end or a failure has arrived */
  readonly open: (request: StreamRequest, changed: () => void) => BlockStream;
  readonly close: () => void;
}

/** Decoded ahead per stream: what lies scheduled on the clock, and a reserve behind it. */
const decodedAheadSeconds = 5;

/** Runs the decode worker, and another one should it crash. */
export function createDecoder(): Decoder {
  const inboxes = new Map<number, (message: FromDecoder) => void>();
  let lastStream = 0;
  let worker = startWorker();

  function startWorker(): Worker {
    // Written in one expression, or the bundler doesn't see the worker.
    const started = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = (event: MessageEvent<FromDecoder>) => {
      inboxes.get(event.data.stream)?.(event.data);
    };
    started.onerror = (event) => {
      started.terminate();
      worker = startWorker();
      const reason = event.message || 'The decoder crashed.';
      for (const [stream, receive] of inboxes) {
        receive({ kind: 'failed', stream, failure: 'broken', reason });
      }
    };
    return started;
  }

  function send(message: ToDecoder): void {
    worker.postMessage(message);
  }

  function open(request: StreamRequest, changed: () => void): BlockStream {
    lastStream += 1;
    const stream = lastStream;
    const blocks: Block[] = [];
    let over = false;
    let failure: StreamFailure | null = null;

    inboxes.set(stream, (message) => {
      if (message.kind === 'block') blocks.push(message.block);
      else over = true;
      if (message.kind === 'failed') failure = message;
      changed();
    });
    let creditFrames = decodedAheadSeconds * request.sampleRate;
    send({ kind: 'open', stream, request, creditFrames });

    return {
      take: () => blocks.shift(),
      putBack: (block) => {
        blocks.unshift(block);
      },
      release: (frames) => {
        if (!over) send({ kind: 'grant', stream, frames });
      },
      reachAhead: (seconds) => {
        const frames = seconds * request.sampleRate - creditFrames;
        if (over || frames <= 0) return;
        creditFrames += frames;
        send({ kind: 'grant', stream, frames });
      },
      remainingFrames: () => (over ? blocks.reduce((sum, { frames }) => sum + frames, 0) : null),
      isFinished: () => over && blocks.length === 0,
      failure: () => failure,
      close: () => {
        inboxes.delete(stream);
        if (!over) send({ kind: 'close', stream });
      },
    };
  }

  return {
    open,
    close: () => {
      inboxes.clear();
      worker.terminate();
    },
  };
}
