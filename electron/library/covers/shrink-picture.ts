import type { CoverSize } from '../../../shared/urls.ts';

/** More pixels are no cover but a bomb: 20 MB of PNG unpack to gigabytes. */
const mostPixels = 50_000_000;

/** A JPEG of the picture that fits in the square. Rejects when there is none in these bytes. */
export async function shrinkPicture(picture: Uint8Array, size: CoverSize): Promise<Uint8Array> {
  // Loaded with the first picture: it takes 200 ms, which the start has not to spare.
  const { default: sharp } = await import('sharp');
  return (
    sharp(picture, { limitInputPixels: mostPixels, failOn: 'none' })
      // As the camera or scanner meant it to stand.
      .rotate()
      .resize(size, size, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82, mozjpeg: false })
      .toBuffer()
  );
}
