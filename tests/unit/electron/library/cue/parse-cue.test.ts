import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCue } from '../../../../../electron/library/cue/parse-cue.ts';

const ripped = `REM GENRE "Trip Hop"
REM DATE 1998
REM DISCID 8B0B110B
REM COMMENT "ExactAudioCopy v1.3"
REM DISCNUMBER 2
REM REPLAYGAIN_ALBUM_GAIN -7.10 dB
CATALOG 0724384559922
PERFORMER "Massive "Wild" Attack"
TITLE "Mezzanine"
FILE "CDImage.wav" WAVE
  TRACK 01 AUDIO
    TITLE "Angel"
    FLAGS DCP
    ISRC GBAAA9800321
    SONGWRITER "Horace Andy"
    REM REPLAYGAIN_TRACK_GAIN -6.35 dB
    PREGAP 00:02:00
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE Risingson
    INDEX 00 06:17:50
    INDEX 01 06:18:05
`;

describe('A cue sheet', () => {
  it('is read with its texts, remarks and places', () => {
    expect(parseCue(ripped)).toEqual({
      texts: [
        ['genres', 'Trip Hop'],
        ['date', '1998'],
        ['comment', 'ExactAudioCopy v1.3'],
        ['disc', '2'],
        ['albumGain', '-7.10 dB'],
        ['albumArtist', 'Massive "Wild" Attack'],
        ['album', 'Mezzanine'],
      ],
      files: [
        {
          name: 'CDImage.wav',
          tracks: [
            {
              number: 1,
              startFrame: 0,
              texts: [
                ['title', 'Angel'],
                ['isrc', 'GBAAA9800321'],
                ['composers', 'Horace Andy'],
                ['trackGain', '-6.35 dB'],
              ],
            },
            { number: 2, startFrame: (6 * 60 + 18) * 75 + 5, texts: [['title', 'Risingson']] },
          ],
        },
      ],
    });
  });

  it('gives a track to the file in which it begins, not that in which its gap lies', () => {
    const sheet = parseCue(
      `FILE "1.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 00 03:00:00
      FILE "2.wav" WAVE\nINDEX 01 00:00:00\nTRACK 03 AUDIO\nINDEX 01 02:00:00`,
    );
    const files = sheet?.files.map(({ name, tracks }) => [name, tracks.map((one) => one.number)]);
    expect(files).toEqual([
      ['1.wav', [1]],
      ['2.wav', [2, 3]],
    ]);
  });

  it('leaves out tracks of data, and of which nothing says where they begin', () => {
    const sheet = parseCue(
      `FILE "game.bin" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\nTRACK 02 AUDIO
      INDEX 01 10:00:00\nTRACK 03 AUDIO\nINDEX 01 00:61:00\nTRACK 04 AUDIO\nINDEX 01 12:00:74`,
    );
    expect(sheet?.files[0]?.tracks.map(({ number }) => number)).toEqual([2, 4]);
  });

  it.each([
    ['it holds no track', 'TITLE "Nothing"'],
    ['its tracks are in no file', 'TRACK 01 AUDIO\nINDEX 01 00:00:00'],
    [
      'its places go backwards',
      'FILE "a" WAVE\nTRACK 01 AUDIO\nINDEX 01 01:00:00\nTRACK 02 AUDIO\nINDEX 01 00:30:00',
    ],
    ['it holds more tracks than any disc', 'FILE "a" WAVE\n' + 'TRACK 01 AUDIO\n'.repeat(1000)],
    ['it is too long', ripped + ' '.repeat(300_000)],
  ])('is none when %s', (_, text) => {
    expect(parseCue(text)).toBeNull();
  });

  it('never throws, and gives places in order and texts in bounds, whatever it is fed', () => {
    const line = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom(...words), fc.string({ maxLength: 3000 }))
        .map((all) => all.join(' ')),
      fc.tuple(fc.nat(120), fc.nat(70), fc.nat(80)).map((all) => `INDEX 01 ${all.join(':')}`),
      fc.nat(1200).map((number) => `TRACK ${number} AUDIO`),
      fc.constant(`FILE "${' '.repeat(5000)}" ${' '.repeat(5000)}x y`),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, end) => {
          const sheet = parseCue(lines.join(end));
          for (const { tracks } of sheet?.files ?? []) {
            expect(tracks.length).toBeGreaterThan(0);
            tracks.forEach(({ startFrame, texts }, index) => {
              expect(startFrame).toBeGreaterThan(tracks[index - 1]?.startFrame ?? -1);
              for (const [, text] of texts) expect(text.length).toBeLessThanOrEqual(1000);
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

const words = [
  'FILE',
  'TRACK',
  'INDEX',
  'TITLE',
  'PERFORMER',
  'REM GENRE',
  'REM',
  'PREGAP',
  'ISRC',
];
