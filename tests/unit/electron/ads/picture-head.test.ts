import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { expect, it } from 'vitest';
import { readPictureHead } from '../../../../electron/ads/picture-head.ts';

const formats = {
  png: (image: Sharp) => image.png(),
  jpg: (image: Sharp) => image.jpeg(),
  lossy: (image: Sharp) => image.webp(),
  lossless: (image: Sharp) => image.webp({ lossless: true }),
  canvas: (image: Sharp) => image.withExif({ IFD0: { Artist: 'nobody' } }).webp(),
} as const;

it.each(Object.entries(formats))('tells how large a picture is: %s', async (name, write) => {
  const [width, height] = [301, 17];
  const image = sharp({ create: { width, height, channels: 3, background: '#a05' } });
  const bytes = await write(image).toBuffer();
  const format = name === 'png' || name === 'jpg' ? name : 'webp';
  expect(readPictureHead(bytes)).toEqual({ format, width, height });
  for (let length = 0; length < 20; length += 1) {
    expect(readPictureHead(bytes.subarray(0, length))).toBe(null);
  }
});

it('tells nothing of what is no picture, and ends', () => {
  const starts = ['', '\x89PNG\r\n\x1a\n', '\xff\xd8', 'RIFF....WEBPVP8X', '<svg'];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      const head = readPictureHead(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
      if (start === '' || start === '<svg') expect(head?.format).not.toBe('jpg');
    }),
  );
});
