export interface PlaceholderDrawing {
  readonly ground: string;
  readonly ink: string;
  readonly initials: string;
  /** In a square of 100 by 100. */
  readonly shapes: readonly {
    readonly x: number;
    readonly y: number;
    readonly radius: number;
    readonly ring: boolean;
    readonly colour: string;
  }[];
}

/** Art for an album that has none: colours, circles and initials that follow from its title alone. */
export function drawPlaceholder(title: string): PlaceholderDrawing {
  const next = numbersFrom(title);
  const hue = next(360);
  const far = (hue + 40 + next(110)) % 360;
  const shapes = [0, 1, 2].map((place) => ({
    x: 10 + next(85),
    y: 5 + next(65),
    radius: 10 + next(30),
    ring: place > 0 && next(2) === 0,
    colour: `oklch(${0.5 + next(28) / 100} 0.11 ${place === 0 ? far : hue} / 0.85)`,
  }));
  return {
    ground: `oklch(0.36 0.07 ${hue})`,
    ink: `oklch(0.95 0.03 ${hue})`,
    initials: initialsOf(title),
    shapes,
  };
}

function initialsOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
    .join('');
}

/** A stream of whole numbers below a bound: FNV-1a over the text seeds a linear congruence. */
function numbersFrom(text: string): (bound: number) => number {
  let seed = 0x811c9dc5;
  for (const character of text) {
    seed = Math.imul(seed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (bound) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return (seed >>> 8) % bound;
  };
}
