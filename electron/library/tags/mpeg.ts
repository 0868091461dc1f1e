/** A frame of MPEG audio layer III. http://mpgedit.org/mpgedit/mpeg_format/mpeghdr.htm */
interface MpegFrame {
  readonly at: number;
  readonly bytes: number;
  readonly version: 1 | 2 | 2.5;
  readonly bitRate: number;
  readonly hertz: number;
  readonly samples: number;
  readonly channels: 1 | 2;
  /** Where the side information ends, from the frame's beginning. */
  readonly bodyAt: number;
}

export interface MpegStream {
  /** Where the first frame begins. */
  readonly at: number;
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Of the music, without what the encoder added. */
  readonly seconds: number;
  readonly encoderDelay?: number | undefined;
  readonly encoderPadding?: number | undefined;
}

/** How far music may begin behind the tags, and how much of it is looked at. */
export const mpegSearchBytes = 128 * 1024;
const fewestEqualFrames = 4;

/**
 * The stream that begins in `bytes`, by the tag that encoders put into the first frame, or by the
 * bit rate where all frames that are seen have the same.
 * @param audioBytes from the beginning of `bytes` to the end of the stream
 * @returns null when there is no stream, or one that has to be read to its end
 */
export function mpegStream(bytes: Buffer, audioBytes: number): MpegStream | null {
  const frame = findMpegFrame(bytes);
  if (frame === null) return null;
  const { at, hertz, channels, version } = frame;
  const found = { at, codec: `MPEG ${version} Layer 3`, sampleRate: hertz, channels };
  const counted = encodersCount(bytes, frame);
  if (counted === null) {
    const bitRate = constantBitRate(bytes, frame, audioBytes > bytes.length);
    return bitRate === null ? null : { ...found, seconds: (8 * (audioBytes - at)) / bitRate };
  }
  const { delay = 0, padding = 0 } = counted;
  const heard = counted.samples - delay - padding;
  if (heard <= 0) return null;
  return {
    ...found,
    seconds: heard / hertz,
    encoderDelay: counted.delay,
    encoderPadding: counted.padding,
  };
}

/**
 * The first frame that another of its kind follows: a lone header is found in any file by chance.
 */
export function findMpegFrame(bytes: Buffer): MpegFrame | null {
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const frame = readHeader(bytes, at);
    const next = frame && readHeader(bytes, at + frame.bytes);
    if (frame !== null && frame.hertz === next?.hertz && frame.samples === next.samples) {
      return frame;
    }
  }
  return null;
}

/** Behind the frame in which an encoder only wrote of the stream: some programs write it anew. */
export function firstSoundAt(bytes: Buffer): number {
  const frame = findMpegFrame(bytes);
  if (frame === null) return 0;
  return encodersCount(bytes, frame) === null ? frame.at : frame.at + frame.bytes;
}

interface Count {
  readonly samples: number;
  readonly delay?: number;
  readonly padding?: number;
}

/**
 * By Xing or Info and LAME (http://gabriel.mp3-tech.org/mp3infotag.html), or by VBRI
 * (https://www.codeproject.com/Articles/8295/MPEG-Audio-Frame-Header, 2.3.2).
 */
function encodersCount(
  bytes: Buffer,
  { at, samples, bodyAt, bytes: length }: MpegFrame,
): Count | null {
  if (at + length > bytes.length) return null;
  const frame = bytes.subarray(at, at + length);
  const name = frame.toString('latin1', bodyAt, bodyAt + 4);
  if (name !== 'Xing' && name !== 'Info') {
    const isVbri = frame.length >= 54 && frame.toString('latin1', 36, 40) === 'VBRI';
    return isVbri ? { samples: frame.readUInt32BE(50) * samples } : null;
  }
  if (bodyAt + 12 > frame.length) return null;
  const flags = frame.readUInt8(bodyAt + 7);
  if ((flags & 1) === 0) return null;
  const counted = { samples: frame.readUInt32BE(bodyAt + 8) * samples };
  const encoderAt = bodyAt + 12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (encoderAt + 24 > frame.length || !isGaplessEncoder(frame, encoderAt)) return counted;
  const added = frame.readUIntBE(encoderAt + 21, 3);
  return { ...counted, delay: added >> 12, padding: added & 0xfff };
}

/** LAME, or libav by "Lavf" and "Lavc". */
function isGaplessEncoder(frame: Buffer, at: number): boolean {
  const encoder = frame.toString('latin1', at, at + 4).toLowerCase();
  return encoder === 'lame' || encoder === 'lavf' || encoder === 'lavc';
}

function constantBitRate(bytes: Buffer, first: MpegFrame, hasMore: boolean): number | null {
  let frame: MpegFrame | null = first;
  let end = first.at;
  let count = 0;
  while (frame !== null && frame.bitRate === first.bitRate) {
    end = frame.at + frame.bytes;
    count += 1;
    frame = readHeader(bytes, end);
  }
  const isOver = frame === null && (hasMore ? end + 4 > bytes.length : true);
  return isOver && count >= fewestEqualFrames ? first.bitRate : null;
}

const kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const;
const hertz1 = [44_100, 48_000, 32_000] as const;

function readHeader(bytes: Buffer, at: number): MpegFrame | null {
  if (at + 4 > bytes.length) return null;
  const header = bytes.readUInt32BE(at);
  const version = (header >> 19) & 3;
  const isLayer3 = ((header >> 17) & 3) === 1;
  if (header >>> 21 !== 0x7ff || version === 1 || !isLayer3) return null;
  const isVersion1 = version === 3;
  const kilobits = (isVersion1 ? kilobits1 : kilobits2)[(header >> 12) & 15] ?? 0;
  const base = hertz1[(header >> 10) & 3];
  if (kilobits === 0 || base === undefined) return null;
  const hertz = isVersion1 ? base : version === 2 ? base / 2 : base / 4;
  const isMono = ((header >> 6) & 3) === 3;
  const sideBytes = isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const checksumBytes = ((header >> 16) & 1) === 0 ? 2 : 0;
  const padding = (header >> 9) & 1;
  return {
    at,
    bytes: Math.floor(((isVersion1 ? 144_000 : 72_000) * kilobits) / hertz) + padding,
    version: isVersion1 ? 1 : version === 2 ? 2 : 2.5,
    bitRate: kilobits * 1000,
    hertz,
    samples: isVersion1 ? 1152 : 576,
    channels: isMono ? 1 : 2,
    bodyAt: 4 + checksumBytes + sideBytes,
  };
}
