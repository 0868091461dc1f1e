/** sRGB, each part 0 … 255. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Lightness 0 … 1, chroma from 0, hue in radians: https://www.w3.org/TR/css-color-4/#ok-lab */
interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** The surfaces on which the accent is read as text, the hardest of each theme (tokens.css). */
export const hardestSurface = {
  dark: { red: 0x2f, green: 0x2e, blue: 0x36 },
  light: { red: 0xdd, green: 0xd9, blue: 0xe3 },
} as const satisfies Record<string, Colour>;

/** WCAG AA for text. */
const leastContrast = 4.5;
const hueBins = 24;
/** Below this a picture is grey to the eye. */
const leastChroma = 0.03;

/**
 * The accent of a picture for both themes: its strongest hue, with a lightness that is readable.
 * @param pixels RGBA, as a canvas gives them
 * @returns null for a picture without colour
 */
export function accentOf(
  pixels: ArrayLike<number>,
): { readonly dark: Colour; readonly light: Colour } | null {
  const found = strongestColour(pixels);
  if (found === null) return null;
  const chroma = Math.min(Math.max(found.chroma, 0.09), 0.17);
  return {
    dark: readable({ ...found, chroma, lightness: Math.max(found.lightness, 0.72) }, 'dark'),
    light: readable({ ...found, chroma, lightness: Math.min(found.lightness, 0.52) }, 'light'),
  };
}

/** The contrast ratio of WCAG, 1 … 21. */
export function contrast(one: Colour, other: Colour): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Sums colours by hue, vivid ones counting more, and takes the mean of the heaviest bin. */
function strongestColour(pixels: ArrayLike<number>): Oklch | null {
  const bins = Array.from({ length: hueBins }, () => ({ weight: 0, lightness: 0, a: 0, b: 0 }));
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    if ((pixels[at + 3] ?? 0) < 128) continue;
    const { lightness, chroma, hue } = toOklch({
      red: pixels[at] ?? 0,
      green: pixels[at + 1] ?? 0,
      blue: pixels[at + 2] ?? 0,
    });
    const bin = bins[Math.floor(((hue / (2 * Math.PI) + 1) % 1) * hueBins)];
    if (chroma < leastChroma || bin === undefined) continue;
    const weight = chroma * chroma;
    bin.weight += weight;
    bin.lightness += weight * lightness;
    bin.a += weight * chroma * Math.cos(hue);
    bin.b += weight * chroma * Math.sin(hue);
  }
  const heaviest = bins.reduce((best, bin) => (bin.weight > best.weight ? bin : best));
  if (heaviest.weight <= (pixels.length / 4) * 0.00005) return null;
  const a = heaviest.a / heaviest.weight;
  const b = heaviest.b / heaviest.weight;
  return {
    lightness: heaviest.lightness / heaviest.weight,
    chroma: Math.hypot(a, b),
    hue: Math.atan2(b, a),
  };
}

/** Moves the lightness away from the theme's surface until the contrast holds. */
function readable(wanted: Oklch, theme: 'dark' | 'light'): Colour {
  const step = theme === 'dark' ? 0.01 : -0.01;
  let { lightness } = wanted;
  for (;;) {
    const colour = toColour({ ...wanted, lightness });
    const isEnough = contrast(colour, hardestSurface[theme]) >= leastContrast;
    if (isEnough || lightness <= 0 || lightness >= 1) return colour;
    lightness += step;
  }
}

function luminance({ red, green, blue }: Colour): number {
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue);
}

function toOklch({ red, green, blue }: Colour): Oklch {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const beta = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, beta),
    hue: Math.atan2(beta, a),
  };
}

/** Colours outside of sRGB are cut to it. */
function toColour({ lightness, chroma, hue }: Oklch): Colour {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    red: fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    green: fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    blue: fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  };
}

function toLinear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function fromLinear(light: number): number {
  const share = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}
