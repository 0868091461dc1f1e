import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHead } from '../../../../../electron/library/tags/head-reader.ts';
import { parseTags } from '../../../../../electron/library/tags/read-tags.ts';
import type { TagReading, Tags } from '../../../../../electron/library/tags/tags.ts';
import { madeFile, type MadeKind, madeKinds } from '../../../../support/made-files/made-file.ts';
import { mutated } from '../../../../support/made-files/mutate.ts';
import { createRandom } from '../../../../support/made-library/random.ts';

const wholeFiles = 350;
const longerFiles = 100;
const damagedFiles = 5000;
const damagedPerFile = 10;
const fixtures = new URL('../../../../fixtures/joins/', import.meta.url).pathname;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refrain-tags-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The own reader answers as the general parser does, or leaves the file to it. */
describe('the own reader of tags', () => {
  it('says the same as the parser of every real file', async () => {
    for (const name of readdirSync(fixtures)) {
      const own = readHead(join(fixtures, name));
      expect(own, name).not.toBe('unsure');
      const parsed = await parseTags(join(fixtures, name));
      expect(differences(own, parsed, kindOf(name)), name).toEqual([]);
    }
  });

  it('answers for nearly all whole files of the common formats, and says the same', async () => {
    let unsure = 0;
    const wrong: string[] = [];
    for (let number = 0; number < wholeFiles; number += 1) {
      const { kind, bytes } = whole(number);
      const compared = await compare(bytes, kind);
      if (compared === 'unsure') unsure += 1;
      else wrong.push(...compared.map((difference) => `${kind} ${number}: ${difference}`));
    }
    expect(wrong).toEqual([]);
    expect(unsure / wholeFiles).toBeLessThanOrEqual(0.01);
  }, 60_000);

  it('answers for files with a few bytes behind their end, and says the same', async () => {
    const unsure: string[] = [];
    const wrong: string[] = [];
    for (let number = 0; number < longerFiles; number += 1) {
      const { kind, bytes } = whole(number);
      const behind = Buffer.from([0, 7, 255, 0, 1, 84, 65].slice(0, 1 + (number % 7)));
      const compared = await compare(Buffer.concat([bytes, behind]), kind);
      if (compared === 'unsure') unsure.push(kind);
      else wrong.push(...compared.map((difference) => `${kind} ${number}: ${difference}`));
    }
    expect(wrong).toEqual([]);
    expect(unsure).toEqual([]);
  }, 60_000);

  it('says the same of damaged files, or leaves them to the parser', async () => {
    let answered = 0;
    const wrong: string[] = [];
    for (let number = 0; number < damagedFiles; number += 1) {
      const { kind, bytes } = whole(wholeFiles + Math.floor(number / damagedPerFile));
      const damaged = mutated(createRandom(number), bytes);
      const compared = await compare(damaged, kind);
      if (compared === 'unsure') continue;
      answered += 1;
      wrong.push(...compared.map((difference) => `${kind} ${number}: ${difference}`));
    }
    expect(wrong).toEqual([]);
    // Damage to sound or text is none to the reader.
    expect(answered).toBeGreaterThan(damagedFiles / 3);
  }, 120_000);
});

function whole(seed: number): { readonly kind: MadeKind; readonly bytes: Buffer } {
  const kind = madeKinds[seed % madeKinds.length] ?? 'mp3';
  return { kind, bytes: madeFile(createRandom(seed), kind) };
}

function kindOf(name: string): MadeKind {
  return madeKinds.find((kind) => name.endsWith(`.${kind}`)) ?? 'mp3';
}

async function compare(bytes: Buffer, kind: MadeKind): Promise<'unsure' | readonly string[]> {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const own = readHead(path);
  if (own === 'unsure') return 'unsure';
  if (isMisread(bytes)) return [];
  return differences(own, await parseTags(path), kind);
}

/**
 * What the parser gets wrong about whole tags, so that there is nothing to compare with: it takes
 * unsynchronised tags of ID3v2.2 and 2.3 as they stand, and reads ten bytes of each extended header.
 */
function isMisread(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('ID3'); at >= 0; at = bytes.indexOf('ID3', at + 1)) {
    const [version = 0, , flags = 0] = bytes.subarray(at + 3);
    if ((flags & 0x40) !== 0 || ((flags & 0x80) !== 0 && version < 4)) return true;
  }
  return false;
}

function differences(own: TagReading | 'unsure', parsed: TagReading, kind: MadeKind): string[] {
  if (own === 'unsure') return ['unsure'];
  // It gives a whole file up for a damaged piece of no meaning to us.
  if (own.kind === 'read' && parsed.kind === 'skipped' && parsed.reason === 'damaged') return [];
  if (own.kind !== 'read' || parsed.kind !== 'read') {
    return JSON.stringify(own) === JSON.stringify(parsed) ? [] : [`${own.kind} / ${parsed.kind}`];
  }
  const [mine, theirs] = [flat(own.tags), flat(parsed.tags)];
  return [...new Set([...mine.keys(), ...theirs.keys()])]
    .filter((name) => !isAlike(name, mine.get(name), theirs.get(name), kind))
    .map((name) => `${name}: ${String(mine.get(name))} / ${String(theirs.get(name))}`);
}

/** The differences that are meant. */
function isAlike(name: string, own: unknown, parsed: unknown, kind: MadeKind): boolean {
  if (JSON.stringify(own) === JSON.stringify(parsed)) return true;
  switch (name) {
    case 'details.bitRate':
      // Of the others it counts tags and all, or says what the encoder was told.
      return (kind !== 'flac' && kind !== 'wav' && kind !== 'aiff') || Number(own) < 1;
    case 'details.encoderDelay':
    case 'details.encoderPadding':
    case 'details.chapters':
      // It knows neither edit lists nor Nero's chapters.
      return kind === 'm4a' && parsed === undefined;
    case 'track':
    case 'disc':
    case 'details.tracks':
    case 'details.discs':
      // Of numbers with 16 bits it reads eight.
      return kind === 'm4a' && Number(own) > 255 && Number(own) % 256 === (Number(parsed) || 0);
    case 'details.sampleRate':
    case 'details.bitDepth':
      // ALAC's own setting counts for us, of which it knows nothing; half a hertz counts for it.
      return kind === 'm4a';
    case 'seconds':
      // Estimated by the first frames, of which it looks at more; and FLAC's count has 36 bits, of
      // which it loses some.
      return (
        (kind === 'mp3' && isNear(own, parsed, 0.02)) ||
        (kind === 'flac' && Number(own) * 44_100 >= 2 ** 31)
      );
    case 'title':
      // Of AIFF's own texts it drops the eighth bit.
      return kind === 'aiff' && sevenBits(String(own)) === sevenBits(String(parsed));
    default:
      return false;
  }
}

function isNear(own: unknown, parsed: unknown, part: number): boolean {
  return Math.abs(Number(own) / Number(parsed) - 1) <= part;
}

function sevenBits(text: string): string {
  return Buffer.from(text, 'latin1')
    .map((byte) => byte & 127)
    .toString()
    .replaceAll(/\x7f+/g, ' ');
}

/** Numbers, texts and lists by the path of their names. */
function flat(tags: Tags): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (value: object, path: string): void => {
    for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
        visit(inner, `${path}${name}.`);
      } else {
        found.set(path + name, inner);
      }
    }
  };
  visit(tags, '');
  return found;
}
