import { uint32 } from './file-shape.ts';
import type { MadeTrack } from './releases.ts';

/**
 * An ID3v2 tag as the usual taggers write it. https://id3.org/id3v2.3.0, https://id3.org/id3v2.4.0-frames
 * @param padding bytes of nothing behind the frames
 */
export function id3Tag(track: MadeTrack, picture: Uint8Array | null, padding: number): Buffer {
  const { release } = track;
  const version = release.tagging.id3;
  const frames = [
    text('TIT2', track.title),
    text('TPE1', track.artists.join(version === 4 ? '\0' : '; ')),
    text('TALB', release.title),
    text('TPE2', release.artist),
    text('TRCK', `${track.track}/${release.tracks}`),
    text('TPOS', release.discs > 1 ? `${track.disc}/${release.discs}` : ''),
    text(version === 4 ? 'TDRC' : 'TYER', String(release.year)),
    text(
      version === 4 ? 'TDOR' : 'TORY',
      release.originalYear === release.year ? '' : String(release.originalYear),
    ),
    text('TCON', release.genres.join(version === 4 ? '\0' : '; ')),
    text('TCOM', track.composer),
    text('TCMP', release.compilation ? '1' : ''),
    text('TSSE', 'LAME 64bits version 3.100'),
    named('REPLAYGAIN_TRACK_GAIN', decibels(track.gain)),
    named('REPLAYGAIN_ALBUM_GAIN', decibels(release.gain)),
    named('MusicBrainz Album Id', release.releaseId),
    named('MusicBrainz Artist Id', release.artistId),
    track.recordingId === ''
      ? []
      : [frame('UFID', Buffer.from(`http://musicbrainz.org\0${track.recordingId}`, 'latin1'))],
    track.lyrics === '' ? [] : [frame('USLT', lyrics(track.lyrics))],
    picture === null ? [] : [frame('APIC', Buffer.concat([pictureHead, picture]))],
  ].flat();
  const body = Buffer.concat([...frames, Buffer.alloc(padding)]);
  const head = Buffer.from([0x49, 0x44, 0x33, version, 0, 0]);
  return Buffer.concat([head, sevenBits(body.length), body]);

  function text(id: string, value: string): Buffer[] {
    return value === '' ? [] : [frame(id, encoded(value))];
  }

  function named(name: string, value: string): Buffer[] {
    return value === '' ? [] : [frame('TXXX', encoded(`${name}\0${value}`))];
  }

  function frame(id: string, content: Buffer): Buffer {
    const size = version === 4 ? sevenBits(content.length) : uint32(content.length);
    return Buffer.concat([Buffer.from(id, 'latin1'), size, Buffer.alloc(2), content]);
  }

  /** 2.3 knows Latin-1 and UTF-16 only; both versions say first which one it is. */
  function encoded(value: string): Buffer {
    if (version === 4) return Buffer.concat([Buffer.of(3), Buffer.from(value)]);
    if (isLatin1(value)) return Buffer.concat([Buffer.of(0), Buffer.from(value, 'latin1')]);
    // Each of two texts has its own mark of the byte order.
    return Buffer.concat([Buffer.of(1), ...value.split('\0').flatMap(utf16)]).subarray(0, -2);
  }

  function lyrics(value: string): Buffer {
    return version === 4
      ? Buffer.concat([Buffer.from('\x03eng\0', 'latin1'), Buffer.from(value)])
      : Buffer.concat([Buffer.from('\x01eng', 'latin1'), ...utf16(''), ...utf16(value)]);
  }
}

/** The 128 bytes at the end of older files. https://id3.org/ID3v1 */
export function id3v1Tag({ title, artists, track, release }: MadeTrack): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write('TAG', 0, 'latin1');
  const texts = [title, artists.join(', '), release.title] as const;
  for (const [at, text] of texts.entries()) bytes.write(text.slice(0, 30), 3 + 30 * at, 'latin1');
  bytes.write(String(release.year), 93, 'latin1');
  bytes[126] = track;
  return bytes;
}

const pictureHead = Buffer.from('\0image/jpeg\0\x03\0', 'latin1');

function utf16(value: string): Buffer[] {
  return [Buffer.of(0xff, 0xfe), Buffer.from(`${value}\0`, 'utf16le')];
}

function isLatin1(value: string): boolean {
  return Buffer.from(value, 'latin1').toString('latin1') === value;
}

function decibels(gain: number | null): string {
  return gain === null ? '' : `${gain.toFixed(2)} dB`;
}

/** ID3 writes lengths with seven bits to the byte. */
function sevenBits(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >> shift) & 127));
}
