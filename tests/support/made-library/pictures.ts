import sharp from 'sharp';
import { createRandom } from './random.ts';

/** Squares of noise that JPEG can't make much smaller: about 20, 45, 75, 140 and 380 KB. */
const sides = [180, 270, 350, 480, 800];
const tinySides = [24];

/**
 * A JPEG for any number, the same for the same one. A few are drawn; a comment inside makes one of
 * them another's.
 */
export async function makePictures(tiny: boolean): Promise<(number: number) => Buffer> {
  const drawn = await Promise.all((tiny ? tinySides : sides).map(draw));
  return (number) => {
    const picture = drawn[number % drawn.length];
    if (picture === undefined) throw new Error('Some pictures are drawn');
    const comment = Buffer.from(`\xff\xfe\0\x0c${String(number).padStart(10, '0')}`, 'latin1');
    return Buffer.concat([picture.subarray(0, 2), comment, picture.subarray(2)]);
  };
}

async function draw(side: number): Promise<Buffer> {
  const random = createRandom(side);
  const pixels = Buffer.from(
    Uint8Array.from({ length: 3 * side * side }, () => random.whole(0, 255)),
  );
  const raw = { width: side, height: side, channels: 3 } as const;
  return sharp(pixels, { raw }).jpeg({ quality: 80 }).toBuffer();
}
