import { automaticPreamp, plainShelfQ } from '../../shared/equaliser-curve.ts';
import type { Equaliser, EqualiserBand } from '../../shared/sound-settings.ts';
import { tenBands, tenHertz } from './ten-bands.ts';

export interface ParsedEqualiser {
  readonly bands: readonly EqualiserBand[];
  /** Null: the text names none. */
  readonly preampDecibels: number | null;
  readonly skipped: readonly SkippedLine[];
}

export interface SkippedLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: SkipReason;
}

export type SkipReason = 'unknownLine' | 'unknownKind' | 'off' | 'outOfRange' | 'tooMany';

/** Longest text that is taken, in characters: some thousand filters. */
export const mostText = 60_000;

// As the schema of the settings has it, which the window does without.
const mostBands = 32;
const mostDecibels = 30;
const bounds = { hertz: [10, 24_000], q: [0.05, 30] } as const;

/** The export's own rate: the curve hardly depends on it. */
const curveRate = 48_000;

const kinds: Readonly<Record<string, EqualiserBand['kind']>> = {
  PK: 'peak',
  PEQ: 'peak',
  LS: 'lowShelf',
  LSC: 'lowShelf',
  LSQ: 'lowShelf',
  HS: 'highShelf',
  HSC: 'highShelf',
  HSQ: 'highShelf',
};

const number = String.raw`([-+]?\d+(?:\.\d+)?)`;
const preampLine = new RegExp(String.raw`^preamp\s*:\s*${number}\s*(?:dB)?$`, 'i');
const filterLine = /^filter\s*\d*\s*:\s*(on|off)\b\s*([a-z]*)\s*(.*)$/i;
const frequency = new RegExp(String.raw`\bFc\s+${number}`, 'i');
const gain = new RegExp(String.raw`\bGain\s+${number}`, 'i');
const quality = new RegExp(String.raw`\bQ\s+${number}`, 'i');
const graphicLine = /^graphiceq\s*:\s*(.+)$/i;

type Line =
  | { readonly kind: 'preamp'; readonly decibels: number }
  | { readonly kind: 'bands'; readonly bands: readonly EqualiserBand[] }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** Reads what AutoEq and Equalizer APO write; every line that is not understood is told. */
export function parseEqualiser(text: string): ParsedEqualiser {
  let bands: readonly EqualiserBand[] = [];
  let preampDecibels: number | null = null;
  const skipped: SkippedLine[] = [];
  const lines = text.slice(0, mostText).split(/\r\n?|\n/);
  for (const [index, line] of lines.entries()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const read = parseLine(content);
    if (read.kind === 'preamp') preampDecibels = read.decibels;
    else if (read.kind === 'skipped') skipped.push({ line: index + 1, reason: read.reason });
    else if (bands.length + read.bands.length > mostBands) {
      skipped.push({ line: index + 1, reason: 'tooMany' });
    } else bands = [...bands, ...read.bands];
  }
  return { bands, preampDecibels, skipped };
}

/** The same text, so that it can be read again here and elsewhere. */
export function printEqualiser({ bands, preampDecibels }: Equaliser): string {
  const names = { peak: 'PK', lowShelf: 'LSC', highShelf: 'HSC' };
  const preamp = preampDecibels ?? automaticPreamp(bands, curveRate);
  return [
    `Preamp: ${rounded(preamp)} dB`,
    ...bands.map(
      ({ kind, hertz, decibels, q }, index) =>
        `Filter ${index + 1}: ON ${names[kind]} Fc ${rounded(hertz)} Hz ` +
        `Gain ${rounded(decibels)} dB Q ${rounded(q)}`,
    ),
  ].join('\n');
}

function parseLine(line: string): Line {
  const preamp = preampLine.exec(line)?.[1];
  if (preamp !== undefined) {
    const decibels = Number(preamp);
    return isWithin(decibels, -mostDecibels, mostDecibels)
      ? { kind: 'preamp', decibels }
      : { kind: 'skipped', reason: 'outOfRange' };
  }
  const points = graphicLine.exec(line)?.[1];
  if (points !== undefined) return parsePoints(points);
  const [whole, state = '', name = '', values = ''] = filterLine.exec(line) ?? [];
  if (whole === undefined) return { kind: 'skipped', reason: 'unknownLine' };
  if (state.toLowerCase() === 'off') return { kind: 'skipped', reason: 'off' };
  const kind = kinds[name.toUpperCase()];
  if (kind === undefined) return { kind: 'skipped', reason: 'unknownKind' };
  const band = {
    kind,
    hertz: Number(frequency.exec(values)?.[1]),
    decibels: Number(gain.exec(values)?.[1]),
    q: Number(quality.exec(values)?.[1] ?? (kind === 'peak' ? NaN : plainShelfQ)),
  };
  return isPossible(band)
    ? { kind: 'bands', bands: [band] }
    : { kind: 'skipped', reason: 'outOfRange' };
}

/** A curve of points becomes the ten bands, each with the curve's level in its middle. */
function parsePoints(text: string): Line {
  const points = text
    .split(';')
    .map((pair) => pair.trim().split(/\s+/).map(Number))
    .map(([hertz = NaN, decibels = NaN]) => ({ hertz, decibels }))
    .filter(({ hertz, decibels }) => hertz > 0 && Number.isFinite(decibels))
    .sort((one, other) => one.hertz - other.hertz);
  const bands = tenBands(tenHertz.map((hertz) => levelAt(points, hertz)));
  if (points.length === 0) return { kind: 'skipped', reason: 'unknownLine' };
  return bands.every(isPossible)
    ? { kind: 'bands', bands }
    : { kind: 'skipped', reason: 'outOfRange' };
}

/** Straight between the points as the ear spaces tones, and level beyond them. */
function levelAt(
  points: readonly { readonly hertz: number; readonly decibels: number }[],
  hertz: number,
): number {
  const after = points.find((point) => point.hertz >= hertz) ?? points.at(-1);
  const before = points.findLast((point) => point.hertz <= hertz) ?? points[0];
  if (after === undefined || before === undefined) return 0;
  if (after.hertz <= before.hertz) return after.decibels;
  const way = Math.log(hertz / before.hertz) / Math.log(after.hertz / before.hertz);
  return rounded(before.decibels + way * (after.decibels - before.decibels));
}

function isPossible({ hertz, decibels, q }: EqualiserBand): boolean {
  return (
    isWithin(hertz, ...bounds.hertz) &&
    isWithin(q, ...bounds.q) &&
    isWithin(decibels, -mostDecibels, mostDecibels)
  );
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
