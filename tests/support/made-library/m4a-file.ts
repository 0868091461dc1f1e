import { atom, words, zeros } from './atoms.ts';
import { type FileShape, hertz, soundBytes, uint32 } from './file-shape.ts';
import type { MadeTrack } from './releases.ts';

const samplesPerFrame = 1024;
const framesWritten = 16;
const encoderDelay = 2112;
/** What an AAC decoder takes for two channels of silence. */
const silence = Buffer.of(0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c);
const averageFrameBytes = 372;
const mostFrames = 1 << 17;
/** Sizes of frames as a table of samples lists them; the first ones are those that are written. */
const frameSizes = Buffer.alloc(4 * mostFrames);
const frameEnds = new Float64Array(mostFrames + 1);
for (let frame = 0; frame < mostFrames; frame += 1) {
  const bytes = averageFrameBytes + (frame < framesWritten ? 0 : ((frame * 7919) % 41) - 20);
  frameSizes.writeUInt32BE(bytes, 4 * frame);
  frameEnds[frame + 1] = (frameEnds[frame] ?? 0) + bytes;
}

/** AAC in MP4 as iTunes tags it. https://developer.apple.com/documentation/quicktime-file-format */
export function m4aFile(track: MadeTrack, picture: Uint8Array | null): FileShape {
  const samples = Math.round(track.seconds * hertz);
  const frames = Math.ceil((samples + encoderDelay) / samplesPerFrame);
  const kind = atom('ftyp', Buffer.from('M4A \0\0\x02\0M4A mp42isom', 'latin1'));
  const mediaBytes = frameEnds[frames] ?? 0;
  const mediaHead = Buffer.concat([uint32(8 + mediaBytes), Buffer.from('mdat', 'latin1')]);
  const filling = frameOf(soundBytes(track.number, 254));
  const sound = Buffer.concat([mediaHead, ...Array.from({ length: framesWritten }, () => filling)]);
  if (track.release.tagging.moovLast) {
    const bytes = Buffer.concat([kind, sound]);
    const at = kind.length + 8 + mediaBytes;
    const index = movie(track, picture, samples, frames, kind.length + 8);
    return {
      pieces: [
        { at: 0, bytes },
        { at, bytes: index },
      ],
      length: at + index.length,
    };
  }
  // Its length does not depend on where the sound begins.
  const { length } = movie(track, picture, samples, frames, 0);
  const at = kind.length + length;
  const index = movie(track, picture, samples, frames, at + 8);
  return {
    pieces: [{ at: 0, bytes: Buffer.concat([kind, index, sound]) }],
    length: at + 8 + mediaBytes,
  };
}

/** Silence behind a data element, which decoders pass over. ISO 14496-3, 4.4.2.1 */
function frameOf(data: Buffer): Buffer {
  const filled = Buffer.concat([Buffer.of(0x80, data.length), data, silence]);
  return Buffer.concat([filled, Buffer.alloc(averageFrameBytes - filled.length)]);
}

function movie(
  track: MadeTrack,
  picture: Uint8Array | null,
  samples: number,
  frames: number,
  soundAt: number,
): Buffer {
  const length = frames * samplesPerFrame;
  const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000];
  return atom(
    'moov',
    atom(
      'mvhd',
      words(0, 0, 0, hertz, length, 0x10000, 0x0100_0000, 0, 0, ...matrix, ...zeros(6), 2),
    ),
    atom(
      'trak',
      atom('tkhd', words(7, 0, 0, 1, 0, length, 0, 0, 0, 0x0100_0000, ...matrix, 0, 0)),
      atom('edts', atom('elst', words(0, 1, samples, encoderDelay, 0x10000))),
      atom(
        'mdia',
        atom('mdhd', words(0, 0, 0, hertz, length, 0x55c4_0000)),
        atom('hdlr', words(0, 0), Buffer.from('soun', 'latin1'), words(0, 0, 0), Buffer.alloc(1)),
        atom(
          'minf',
          atom('smhd', words(0, 0)),
          atom('dinf', atom('dref', words(0, 1), atom('url ', words(1)))),
          atom('stbl', ...sampleTables(frames, soundAt)),
        ),
      ),
    ),
    atom(
      'udta',
      atom('meta', words(0), itunesHandler, atom('ilst', ...items(track, picture, samples))),
    ),
    atom('free', Buffer.alloc(2048)),
  );
}

function sampleTables(frames: number, soundAt: number): Buffer[] {
  const decoder = Buffer.from(
    '038080802200020004808080144015000000000001f4000001f40005808080021210068080800102',
    'hex',
  );
  const entry = Buffer.concat([
    words(0, 1, 0, 0, 0x0002_0010, 0),
    uint32(hertz * 0x10000),
    atom('esds', words(0), decoder),
  ]);
  return [
    atom('stsd', words(0, 1), atom('mp4a', entry)),
    atom('stts', words(0, 1, frames, samplesPerFrame)),
    atom('stsc', words(0, 1, 1, frames, 1)),
    atom('stsz', words(0, 0, frames), frameSizes.subarray(0, 4 * frames)),
    atom('stco', words(0, 1, soundAt)),
  ];
}

const itunesHandler = atom(
  'hdlr',
  words(0, 0),
  Buffer.from('mdirappl', 'latin1'),
  words(0, 0),
  Buffer.alloc(1),
);

function items(track: MadeTrack, picture: Uint8Array | null, samples: number): Buffer[] {
  const { release } = track;
  const padding =
    (samplesPerFrame - ((samples + encoderDelay) % samplesPerFrame)) % samplesPerFrame;
  const gap = [0, encoderDelay, padding].map((value) => hexadecimal(value, 8)).join(' ');
  return [
    text('\xa9nam', track.title),
    text('\xa9ART', track.artists.join('; ')),
    text('\xa9alb', release.title),
    text('aART', release.artist),
    text('\xa9day', String(release.year)),
    ...release.genres.map((genre) => text('\xa9gen', genre)),
    ...(track.composer === '' ? [] : [text('\xa9wrt', track.composer)]),
    ...(track.lyrics === '' ? [] : [text('\xa9lyr', track.lyrics)]),
    item('trkn', 0, pair(track.track, release.tracks, 8)),
    ...(release.discs > 1 ? [item('disk', 0, pair(track.disc, release.discs, 6))] : []),
    ...(release.compilation ? [item('cpil', 21, Buffer.of(1))] : []),
    freeform('iTunSMPB', ` ${gap} ${hexadecimal(samples, 16)}${' 00000000'.repeat(8)}`),
    ...(track.gain === null
      ? []
      : [freeform('replaygain_track_gain', `${track.gain.toFixed(2)} dB`)]),
    ...(release.releaseId === '' ? [] : [freeform('MusicBrainz Album Id', release.releaseId)]),
    ...(picture === null ? [] : [item('covr', 13, picture)]),
  ];
}

function text(name: string, value: string): Buffer {
  return item(name, 1, Buffer.from(value));
}

/** @param kind 0 bytes, 1 UTF-8, 13 JPEG, 21 a whole number */
function item(name: string, kind: number, value: Uint8Array): Buffer {
  return atom(name, atom('data', words(kind, 0), value));
}

function freeform(name: string, value: string): Buffer {
  return atom(
    '----',
    atom('mean', words(0), Buffer.from('com.apple.iTunes', 'latin1')),
    atom('name', words(0), Buffer.from(name, 'latin1')),
    atom('data', words(1, 0), Buffer.from(value)),
  );
}

function pair(number: number, of: number, bytes: 6 | 8): Buffer {
  const value = Buffer.alloc(bytes);
  value.writeUInt16BE(number, 2);
  value.writeUInt16BE(of, 4);
  return value;
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
