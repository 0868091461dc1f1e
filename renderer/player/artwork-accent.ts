import { coverUrl } from '../../shared/urls.ts';
import { accentOf, type Colour } from './accent.ts';

/** Enough to find a hue in, and quick to read back. */
const side = 32;

/**
 * The accent of a cover, as CSS colours for both themes.
 * @returns null without a cover, or when it can't be loaded or has no colour
 */
export async function accentFor(
  cover: string | null,
): Promise<{ readonly dark: string; readonly light: string } | null> {
  if (cover === null) return null;
  const image = new Image();
  image.src = coverUrl(cover, 96);
  try {
    await image.decode();
  } catch {
    return null;
  }
  const canvas = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (canvas === null) return null;
  canvas.drawImage(image, 0, 0, side, side);
  const accent = accentOf(canvas.getImageData(0, 0, side, side).data);
  return accent && { dark: toCss(accent.dark), light: toCss(accent.light) };
}

function toCss({ red, green, blue }: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}
