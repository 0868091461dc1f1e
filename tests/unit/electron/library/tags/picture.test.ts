import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureHash } from '../../../../../electron/library/tags/picture.ts';
import { stretchOf } from '../../../../../electron/library/tags/stretch.ts';

describe('the hash of a picture', () => {
  it('is another when the length, the beginning or the end differs, whatever the size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), fc.nat(), (length, seed) => {
        const picture = Buffer.alloc(length, seed % 251);
        const hash = hashOf(picture);
        expect(hashOf(Buffer.from(picture))).toBe(hash);
        const others = [
          Buffer.concat([picture, Buffer.of(seed % 251)]),
          changedAt(picture, 0),
          changedAt(picture, length - 1),
        ];
        for (const other of others) expect(hashOf(other)).not.toBe(hash);
      }),
    );
  });

  it('reads no more than the ends of a large picture', () => {
    let read = 0;
    const length = 10_000_000;
    pictureHash({
      length,
      bytes: (_, wanted) => {
        read += wanted;
        return Buffer.alloc(wanted);
      },
    });
    expect(read).toBeLessThan(20_000);
  });
});

function hashOf(picture: Buffer): string {
  return pictureHash(stretchOf(picture));
}

function changedAt(picture: Buffer, at: number): Buffer {
  const changed = Buffer.from(picture);
  changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
  return changed;
}
