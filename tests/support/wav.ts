/** What a test wants written into a file's ID3 chunk. */
export interface WavTags {
  /** Of ID3v2; with 3, values stay under 128 bytes. */
  readonly version?: 3 | 4;
  readonly title?: string;
  readonly artist?: string;
  readonly album?: string;
  readonly albumArtist?: string;
  /** "3" or "3/12". */
  readonly track?: string;
  readonly disc?: string;
  readonly year?: string;
  readonly genre?: string;
  readonly compilation?: boolean;
  /** The bytes of a JPEG or PNG. */
  readonly picture?: Uint8Array;
}

const hertz = 8000;

/** A WAV file: 8 bit, mono, 8 kHz, silent, with an ID3v2 chunk. */
export function taggedWav(seconds: number, tags: WavTags = {}): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(hertz, 4);
  format.writeUInt32LE(hertz, 8);
  format.writeUInt16LE(1, 12);
  format.writeUInt16LE(8, 14);
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('fmt ', format),
    chunk('data', Buffer.alloc(Math.round(seconds * hertz), 128)),
    chunk('id3 ', id3(tags)),
  ]);
  return chunk('RIFF', body);
}

/** A small WAV file of its own sound and length, by number. */
export function soundingWav(sound: number, tags: WavTags): Buffer {
  return withSound(taggedWav(0.1 + sound / 10, tags), sound);
}

/** The same file with a sound of its own, by number: silence is alike in every file. */
export function withSound(wav: Buffer, sound: number): Buffer {
  wav.writeUInt32LE(sound, wav.indexOf('data') + 8);
  return wav;
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** An ID3v2 tag, as MP3 files begin with and WAV files hold in a chunk. */
export function id3(tags: WavTags): Buffer {
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['TIT2', tags.title],
    ['TPE1', tags.artist],
    ['TALB', tags.album],
    ['TPE2', tags.albumArtist],
    ['TRCK', tags.track],
    ['TPOS', tags.disc],
    ['TDRC', tags.year],
    ['TCON', tags.genre],
    ['TCMP', tags.compilation === true ? '1' : undefined],
  ];
  const frames = texts.map(([name, text]) =>
    text === undefined ? Buffer.alloc(0) : frame(name, Buffer.from(`\u0003${text}`)),
  );
  if (tags.picture !== undefined) {
    const head = Buffer.from('\0image/jpeg\0\u0003\0', 'latin1');
    frames.push(frame('APIC', Buffer.concat([head, tags.picture])));
  }
  const body = Buffer.concat(frames);
  const head = Buffer.from(
    ['I', 'D', '3'].map((letter) => letter.charCodeAt(0)).concat(tags.version ?? 4, 0, 0),
  );
  return Buffer.concat([head, sevenBits(body.length), body]);
}

function frame(name: string, body: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(name, 'latin1'),
    sevenBits(body.length),
    Buffer.alloc(2),
    body,
  ]);
}

/** ID3 writes lengths with seven bits to the byte. */
function sevenBits(length: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >> shift) & 127));
}
