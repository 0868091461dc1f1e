import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHead } from '../../electron/library/tags/head-reader.ts';
import { readPicture, readTags } from '../../electron/library/tags/read-tags.ts';
import type { Tags } from '../../electron/library/tags/tags.ts';
import { pictureHash } from '../../electron/library/tags/picture.ts';
import { stretchOf } from '../../electron/library/tags/stretch.ts';
import { aiff, wav } from '../support/made-files/chunks.ts';
import { apeV2, id3v1, id3v2, type Id3Shape } from '../support/made-files/id3.ts';
import { dsf, monkeysAudio, musepack } from '../support/made-files/listed.ts';
import type { MadeTags } from '../support/made-files/made-tags.ts';
import { mpegFrames } from '../support/made-files/mp3.ts';
import { mp4 } from '../support/made-files/mp4.ts';
import { flac, ogg } from '../support/made-files/xiph.ts';

const picture = Buffer.from([
  0xff,
  0xd8,
  0xff,
  0xe0,
  ...Array.from({ length: 90_000 }, (_, at) => at & 255),
]);
const audio = Buffer.alloc(8000, 7);

const said: MadeTags = {
  title: 'Ängste & Łuck',
  artists: ['AC/DC', 'Tyler, The Creator'],
  album: 'Über',
  albumArtist: 'Björk',
  genres: ['Folk', 'Hip-Hop'],
  composers: ['坂本龍一'],
  track: 3,
  tracks: 12,
  disc: 2,
  date: '1997-05-21',
  comment: 'Found in a box',
  lyrics: 'One line\nand another',
  isCompilation: true,
  beatsPerMinute: 120,
  trackGain: '-7.25 dB',
  trackPeak: '0.975',
  releaseId: 'f1b8a3c4-0000-4000-8000-0123456789ab',
  recordingId: 'c0ffee00-0000-4000-8000-0123456789ab',
  artistSort: 'ACDC',
  label: 'Own',
  pictures: [picture],
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refrain-tags-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function tagsOf(bytes: Buffer): Promise<Tags> {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const reading = await readTags(path);
  if (reading.kind !== 'read') throw new Error(`The file was not read: ${JSON.stringify(reading)}`);
  return reading.tags;
}

function mp3(shape: Id3Shape, tags = said): Buffer {
  return Buffer.concat([id3v2(tags, shape), mpegFrames(30, 'info with lame', 1)]);
}

describe('reading tags', () => {
  it.each([
    ['mp3', mp3({ version: 4, encoding: 3 })],
    ['flac', flac(said, audio)],
    ['ogg', ogg(said, audio, 'vorbis')],
    ['opus', ogg(said, audio, 'opus')],
    ['m4a', mp4(said, audio, { codec: 'mp4a', isIndexLast: true, chapters: [], padding: 0 })],
    ['wav', wav(said, audio, id3v2(said, { version: 4, encoding: 1 }), false)],
    ['aiff', aiff(said, audio, id3v2(said, { version: 4, encoding: 2 }))],
  ])('keeps all that %s says', async (format, bytes) => {
    const tags = await tagsOf(bytes);
    expect(tags).toMatchObject({
      format,
      title: 'Ängste & Łuck',
      artists: ['AC/DC', 'Tyler, The Creator'],
      albumArtists: ['Björk'],
      album: 'Über',
      compilation: true,
      genres: ['Folk', 'Hip-Hop'],
      track: 3,
      disc: 2,
      year: 1997,
      musicbrainz: said.releaseId,
      picture: pictureHash(stretchOf(picture)),
      details: {
        tracks: 12,
        date: '1997-05-21',
        composers: ['坂本龍一'],
        comment: 'Found in a box',
        lyrics: 'One line\nand another',
        label: 'Own',
        beatsPerMinute: 120,
        artistSort: 'ACDC',
        replayGain: { track: { decibels: -7.25, peak: 0.975 } },
        musicbrainz: { recording: said.recordingId, release: said.releaseId },
      },
    });
    const read = await readPicture(join(folder, 'file'));
    expect(read !== null && picture.equals(read)).toBe(true);
  });

  it.each([
    { version: 2, encoding: 1 },
    { version: 2, encoding: 1, isUnsynchronised: true },
    { version: 3, encoding: 1, padding: 3000 },
    { version: 3, encoding: 1, isUnsynchronised: true },
    { version: 3, encoding: 1, hasExtendedHeader: true, padding: 10 },
    { version: 4, encoding: 2, isUnsynchronised: true },
    { version: 4, encoding: 3, hasExtendedHeader: true, hasFooter: true },
  ] as const)('understands ID3 however it is written: %o', async (shape) => {
    const tags = await tagsOf(mp3(shape));
    expect(tags).toMatchObject({
      title: said.title,
      artists: said.artists,
      albumArtists: ['Björk'],
      genres: said.genres,
      compilation: true,
      picture: pictureHash(stretchOf(picture)),
      details: { composers: said.composers, lyrics: said.lyrics, comment: said.comment },
    });
  });

  it('takes a name with a slash for one, and parts several at zero bytes and semicolons', async () => {
    const artistsOf = async (artist: string, version: 3 | 4): Promise<readonly string[]> =>
      (await tagsOf(mp3({ version, encoding: 1 }, { ...said, artists: [artist] }))).artists;
    expect(await artistsOf('AC/DC', 3)).toEqual(['AC/DC']);
    expect(await artistsOf('AC/DC; Björk', 3)).toEqual(['AC/DC', 'Björk']);
    expect(await artistsOf('AC/DC\0Björk', 4)).toEqual(['AC/DC', 'Björk']);
    expect(await artistsOf('Earth, Wind & Fire', 4)).toEqual(['Earth, Wind & Fire']);
  });

  it('lets APE count more than ID3v2, and that more than ID3v1', async () => {
    const frames = mpegFrames(30, 'xing', 1);
    const first = { ...said, title: 'Of ID3v2', trackGain: '', trackPeak: '' };
    const last = { ...said, title: 'Of ID3v1', pictures: [] };
    const gains = {
      ...said,
      title: '',
      artists: [],
      genres: [],
      album: '',
      albumArtist: '',
      date: '',
    };
    const tag = id3v2(first, { version: 3, encoding: 1 });
    const tags = await tagsOf(
      Buffer.concat([tag, frames, apeV2({ ...gains, track: 0 }, true), id3v1(last)]),
    );
    expect(tags).toMatchObject({
      title: 'Of ID3v2',
      details: { replayGain: { track: { decibels: -7.25 } } },
    });
    expect((await tagsOf(Buffer.concat([frames, id3v1(last)]))).title).toBe('Of ID3v1');
  });

  it('tells what the encoder added, of LAME and of an edit list, and leaves it out of the length', async () => {
    const lame = await tagsOf(mp3({ version: 4, encoding: 3 }));
    expect(lame.details).toMatchObject({ encoderDelay: 576, encoderPadding: 1000 });
    expect(lame.seconds).toBeCloseTo((30 * 1152 - 1576) / 44_100, 9);
    const shape = {
      codec: 'mp4a',
      isIndexLast: false,
      chapters: ['One', 'Zwei'],
      padding: 0,
    } as const;
    const m4b = await tagsOf(mp4(said, audio, shape));
    expect(m4b.details).toMatchObject({
      encoderDelay: 1024,
      encoderPadding: 500,
      chapters: [
        { title: 'One', seconds: 0 },
        { title: 'Zwei', seconds: 1 },
      ],
    });
  });

  it('counts the frames of a stream without an encoder’s note, and believes VBRI', async () => {
    const plain = await tagsOf(mpegFrames(100, 'nothing', 1));
    expect(plain.seconds).toBeCloseTo((100 * 417 * 8) / 128_000, 2);
    expect((await tagsOf(mpegFrames(100, 'vbri', 1))).seconds).toBeCloseTo(
      (100 * 1152) / 44_100,
      9,
    );
  });

  it.each([
    'alac.m4a',
    'sample.aac',
    'sample.aiff',
    'sample.mp3',
    'sample.wav',
    'sample.wma',
    'sample.wv',
  ])('lists what an encoder made: %s', async (name) => {
    const path = fileURLToPath(new URL(`../fixtures/formats/${name}`, import.meta.url));
    const reading = await readTags(path);
    expect(reading).toMatchObject({
      kind: 'read',
      tags: {
        title: 'Kürze',
        artists: ['Maler'],
        album: 'Proben',
        track: 3,
        year: 1999,
        genres: ['Folk'],
      },
    });
    const isLossless = !['sample.aac', 'sample.mp3', 'sample.wma'].includes(name);
    expect(reading).toMatchObject({ tags: { lossless: isLossless } });
  });

  it.each([
    ['ape', monkeysAudio(said)],
    ['musepack', musepack(said)],
    ['dsf', dsf(said)],
  ])('lists %s, which it leaves to the parser', async (format, bytes) => {
    const tags = await tagsOf(bytes);
    expect(tags).toMatchObject({ format, title: said.title, album: 'Über', track: 3, year: 1997 });
    expect(tags.seconds).toBeCloseTo(1, 3);
    expect(readHead(join(folder, 'file'))).toBe('unsure');
  });
});
