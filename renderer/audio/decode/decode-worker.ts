import type { Block, FailureKind, FromDecoder, ToDecoder } from './decode-messages.ts';
import { decodeTrack } from './decode-track.ts';
import type { FileHead } from './media-file.ts';
import { MissingFileError, openMediaFile } from './media-file.ts';
import { TruncatedFileError } from './shortfall.ts';

/** A stream under way: what may still be sent, and how to go on or stop. */
interface Stream {
  readonly url: string;
  /** Of its file; null: not read yet. */
  readonly head: () => FileHead | null;
  readonly grant: (frames: number) => void;
  readonly close: () => void;
}

const streams = new Map<number, Stream>();

addEventListener('message', (event: MessageEvent<ToDecoder>) => {
  const message = event.data;
  switch (message.kind) {
    case 'open':
      streams.set(message.stream, openStream(message));
      return;
    case 'grant':
      streams.get(message.stream)?.grant(message.frames);
      return;
    case 'close':
      streams.get(message.stream)?.close();
      streams.delete(message.stream);
  }
});

function openStream(opening: Extract<ToDecoder, { kind: 'open' }>): Stream {
  const { stream, request } = opening;
  const abort = new AbortController();
  let credit = opening.creditFrames;
  let sentBlocks = 0;
  let head: FileHead | null = null;
  let goOn: () => void = () => undefined;

  async function run(): Promise<void> {
    const known = knownHead(request.url);
    try {
      await deliver(known);
    } catch (error) {
      // The file may be another one by now.
      if (known === null || sentBlocks > 0 || abort.signal.aborted) throw error;
      await deliver(null);
    }
    if (!abort.signal.aborted) send({ kind: 'finished', stream });
  }

  async function deliver(known: FileHead | null): Promise<void> {
    const file = await openMediaFile(request.url, abort.signal, known);
    head = file.head;
    for await (const block of decodeTrack(file, request)) {
      await file.confirm();
      while (credit <= 0 && !abort.signal.aborted) await creditOrClose();
      if (abort.signal.aborted) return;
      credit -= block.frames;
      sentBlocks += 1;
      sendBlock(stream, block);
    }
  }

  function creditOrClose(): Promise<void> {
    return new Promise((resolve) => (goOn = resolve));
  }

  run()
    .catch((error: unknown) => {
      if (abort.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      send({ kind: 'failed', stream, failure: failureOf(error, sentBlocks), reason });
    })
    .finally(() => {
      streams.delete(stream);
      abort.abort();
    });

  return {
    url: request.url,
    head: () => head,
    grant: (frames) => {
      credit += frames;
      goOn();
    },
    close: () => {
      abort.abort();
      goOn();
    },
  };
}

/** A seek opens a file that still is open: what was read then need not be fetched again. */
function knownHead(url: string): FileHead | null {
  const heads = [...streams.values()].map((each) => (each.url === url ? each.head() : null));
  return heads.find((head) => head !== null) ?? null;
}

function failureOf(error: unknown, sentBlocks: number): FailureKind {
  if (error instanceof MissingFileError) return 'missing';
  if (error instanceof TruncatedFileError) return 'broken';
  return sentBlocks > 0 ? 'broken' : 'undecodable';
}

function sendBlock(stream: number, block: Block): void {
  const message: FromDecoder = { kind: 'block', stream, block };
  postMessage(message, { transfer: block.planes.map((plane) => plane.buffer) });
}

function send(message: FromDecoder): void {
  postMessage(message);
}
