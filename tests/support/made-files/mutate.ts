import type { Random } from '../made-library/random.ts';

/** A copy of a file with something wrong in it. */
export function mutated(random: Random, file: Buffer): Buffer {
  const bytes = Buffer.from(file);
  // What matters stands at the beginning, and in some formats at the end.
  const place = (): number =>
    random.pick([
      random.whole(0, 200),
      random.whole(0, 4000),
      random.whole(0, 1_000_000),
      -random.whole(1, 300),
    ]);
  const at = (): number => ((place() % bytes.length) + bytes.length) % bytes.length;
  switch (random.pick(['flip', 'flip', 'flips', 'cut', 'size', 'hole', 'double'] as const)) {
    case 'flip': {
      const index = at();
      bytes[index] = (bytes[index] ?? 0) ^ (1 << random.whole(0, 7));
      return bytes;
    }
    case 'flips':
      for (let count = 0; count < 10; count += 1) bytes[at()] = random.whole(0, 255);
      return bytes;
    case 'cut':
      return bytes.subarray(0, at());
    case 'size': {
      const index = Math.min(at(), Math.max(0, bytes.length - 4));
      const lies = [0, 1, 0x7f, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x0101_0101] as const;
      if (bytes.length >= 4) bytes.writeUInt32BE(random.pick(lies), index);
      return bytes;
    }
    case 'hole': {
      const index = at();
      return Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + random.whole(1, 20))]);
    }
    case 'double': {
      const index = at();
      return Buffer.concat([bytes.subarray(0, index + 8), bytes.subarray(index)]);
    }
  }
}
