import {
  goodHead,
  goodShape,
  cutShape,
  fileKinds,
  ascii,
  torture,
  type TortureFile,
} from './torture-file.ts';
import { createRandom, type Random } from '../made-library/random.ts';

const cuts = [1, 3, 4, 11, 30, 100, 700, 3000];
const mutationsPerKind = 15;
/** Enough of a file for any reader; the rest of it would only cost time. */
const mutatedBytes = 60_000;

/** Nothing in them, cut off, or something else than their name says. */
export function brokenFiles(): TortureFile[] {
  const others: readonly (readonly [string, Buffer])[] = [
    ['text', Buffer.from('Dear diary, today I listened to nothing at all.\n'.repeat(40))],
    ['page', Buffer.from('<!doctype html><title>404</title><p>This file has moved.'.repeat(9))],
    ['zip', Buffer.concat([ascii('PK\x03\x04'), Buffer.alloc(3000, 7)])],
    ['program', Buffer.concat([ascii('\x7fELF\x02\x01\x01'), Buffer.alloc(3000)])],
    ['zeros', Buffer.alloc(100_000)],
    ['ones', Buffer.alloc(100_000, 0xff)],
  ];
  return fileKinds.flatMap((kind, at) => {
    const shape = goodShape(kind, 100 + at);
    const [what, content] = others[at] ?? ['zeros', Buffer.alloc(10)];
    const other = fileKinds[(at + 1) % fileKinds.length] ?? 'mp3';
    return [
      torture(`empty.${kind}`, Buffer.alloc(0), 'skipped'),
      torture(`in truth ${what}.${kind}`, content, 'skipped'),
      torture(`in truth ${other}.${kind}`, goodShape(other, 200 + at, `In truth ${other}`), 'row'),
      ...cuts.map((length) =>
        torture(
          `cut at ${length}.${kind}`,
          cutShape(shape, length),
          length < 30 ? 'skipped' : 'either',
        ),
      ),
      torture(`cut by half.${kind}`, cutShape(shape, Math.floor(shape.length / 2))),
    ];
  });
}

/** Good files with bits, words and stretches of them changed by chance; the same every time. */
export function mutatedFiles(): TortureFile[] {
  const random = createRandom(20_261_122);
  return fileKinds.flatMap((kind, at) =>
    Array.from({ length: mutationsPerKind }, (_, round) => {
      const bytes = goodHead(kind, 300 + at).subarray(0, mutatedBytes);
      const changes = random.whole(1, 12);
      for (let change = 0; change < changes; change += 1) mutate(bytes, random);
      return torture(`mutated ${round}.${kind}`, bytes);
    }),
  );
}

function mutate(bytes: Buffer, random: Random): void {
  // Heads are where the harm is done.
  const reach = random.chance(0.7) ? Math.min(bytes.length, 600) : bytes.length;
  const at = random.whole(0, Math.max(0, reach - 8));
  const stretch = random.whole(1, 64);
  switch (random.whole(0, 4)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(0, 7));
      return;
    case 1:
      bytes.writeUInt32BE(random.pick([0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]), at);
      return;
    case 2:
      bytes.writeUInt32LE(random.pick([0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0]), at);
      return;
    case 3:
      bytes.fill(random.pick([0, 0xff, 0x41]), at, at + stretch);
      return;
    default:
      bytes.copyWithin(at, random.whole(0, reach - 1), reach);
  }
}
