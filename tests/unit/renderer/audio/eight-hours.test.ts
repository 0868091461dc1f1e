import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import type { Block } from '../../../../renderer/audio/decode/decode-messages.ts';
import { decodeTrack } from '../../../../renderer/audio/decode/decode-track.ts';
import type { MediaFile } from '../../../../renderer/audio/decode/media-file.ts';
import { createOutput } from '../../../../renderer/audio/output.ts';
import { createScheduler } from '../../../../renderer/audio/scheduler.ts';
import { createFastContext } from '../../../support/fast-context.ts';

/** Low, so that eight hours are few numbers. */
const sampleRate = 2000;
const trackSeconds = 201.7;
const hourSeconds = 3600;
const aheadSeconds = 5;
const stepSeconds = 0.8;

it('plays for eight hours through decoder, scheduler and output, and keeps nothing', async () => {
  // Asked for whether there is a sound card behind the context.
  vi.stubGlobal('AudioContext', function AudioContext() {
    return undefined;
  });
  const file = fileOf(aiff(trackSeconds));
  const fast = createFastContext(sampleRate);
  const output = createOutput(fast.context, fast.destination);
  let opened = 0;
  let openStreams = 0;
  let crossings = 0;

  function open() {
    opened += 1;
    openStreams += 1;
    // Each of a length of its own.
    const endSeconds = trackSeconds - 1 - (opened % 50) / 70;
    const stream = streamOf(file, endSeconds, () => (openStreams -= 1));
    return { stream, startFrame: 0, gain: () => 1 };
  }
  type Track = ReturnType<typeof open>;
  let current = open();
  let upcoming = open();
  const scheduler = createScheduler<Track>(output, {
    started: () => undefined,
    advanced: () => undefined,
    reached: () => undefined,
    crossed: (track) => {
      crossings += 1;
      current = track;
      upcoming = open();
      scheduler.join(upcoming, crossings % 3 === 0 ? 2 * sampleRate : 0);
    },
    ranOut: () => {
      throw new Error('Nothing came after a track.');
    },
  });
  scheduler.begin(current, false);
  scheduler.join(upcoming, 0);
  scheduler.play('quick');

  const heaps: number[] = [];
  const most = { sources: 0, gains: 0, streams: 0 };
  for (let hour = 1; hour <= 8; hour += 1) {
    for (let step = 0; step < hourSeconds / stepSeconds; step += 1) {
      await Promise.all([current, upcoming].map(({ stream }) => stream.decode()));
      scheduler.pump();
      fast.run(stepSeconds);
      most.sources = Math.max(most.sources, fast.sources());
      most.streams = Math.max(most.streams, openStreams);
      if (step % 500 === 0) {
        most.gains = Math.max(most.gains, fast.gains());
        scheduler.pause('slow');
        fast.run(1);
        scheduler.play('slow');
      }
    }
    heaps.push(usedHeap());
  }
  expect(crossings).toBeGreaterThan((7 * hourSeconds) / trackSeconds);
  expect(scheduler.underruns()).toBe(0);
  expect(most.sources).toBeLessThan(50);
  expect(most.gains).toBeLessThan(10);
  expect(most.streams).toBe(2);
  // The last blocks of a track have lengths of their own; all others come out of the pool.
  expect(fast.buffers()).toBeLessThan(60 + 8 * crossings);
  expect((heaps.at(-1) ?? NaN) - (heaps[1] ?? NaN)).toBeLessThan(1_000_000);
}, 60_000);

/** A stream as the decoder's, without the worker: so much is decoded ahead, and no more. */
function streamOf(file: MediaFile, endSeconds: number, closed: () => void) {
  const pieces = decodeTrack(file, {
    url: '',
    format: 'aiff',
    part: null,
    startSeconds: 0,
    endSeconds,
    sampleRate,
    speed: 1,
  });
  const blocks: Block[] = [];
  let creditFrames = aheadSeconds * sampleRate;
  let over = false;
  return {
    decode: async () => {
      while (!over && creditFrames > 0) {
        const next = await pieces.next();
        if (next.done === true) {
          over = true;
          closed();
          return;
        }
        creditFrames -= next.value.frames;
        blocks.push(next.value);
      }
    },
    take: () => blocks.shift(),
    putBack: (block: Block) => {
      blocks.unshift(block);
    },
    release: (frames: number) => {
      creditFrames += frames;
    },
    remainingFrames: () => (over ? blocks.reduce((sum, { frames }) => sum + frames, 0) : null),
    isFinished: () => over && blocks.length === 0,
    failure: () => null,
  };
}

function fileOf(bytes: Uint8Array): MediaFile {
  return {
    size: bytes.length,
    read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
    bytesAt: (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
  };
}

/** 16 bits, one channel, silent. */
function aiff(seconds: number): Uint8Array {
  const frames = Math.round(seconds * sampleRate);
  const comm = Buffer.alloc(26);
  comm.write('COMM', 'latin1');
  comm.writeUInt32BE(18, 4);
  comm.writeUInt16BE(1, 8);
  comm.writeUInt32BE(frames, 10);
  comm.writeUInt16BE(16, 14);
  // 2000 as a floating-point number of 80 bits.
  comm.writeUInt16BE(16_383 + 10, 16);
  comm.writeUInt32BE((sampleRate << 21) >>> 0, 18);
  const ssnd = Buffer.alloc(16 + 2 * frames);
  ssnd.write('SSND', 'latin1');
  ssnd.writeUInt32BE(8 + 2 * frames, 4);
  const head = Buffer.from('FORM    AIFF', 'latin1');
  head.writeUInt32BE(4 + comm.length + ssnd.length, 4);
  return Buffer.concat([head, comm, ssnd]);
}

function usedHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
