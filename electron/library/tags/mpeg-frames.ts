/** How far music may begin behind the tags, and how much of it is looked at. */
export const mpegSearchBytes = 128 * 1024;

/** A frame of MPEG audio layer III. http://mpgedit.org/mpgedit/mpeg_format/mpeghdr.htm */
interface MpegFrame {
  readonly at: number;
  readonly bytes: number;
  readonly hertz: number;
  readonly samples: number;
  /** Where the side information ends, from the frame's beginning. */
  readonly bodyAt: number;
}

/**
 * The first frame that another of its kind follows: a lone header is found in any file by chance.
 */
export function findMpegFrame(bytes: Uint8Array): MpegFrame | null {
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const frame = readHeader(bytes, at);
    const next = frame && readHeader(bytes, at + frame.bytes);
    if (frame !== null && frame.hertz === next?.hertz && frame.samples === next.samples) {
      return frame;
    }
  }
  return null;
}

/**
 * Seconds by the Xing or Info tag that encoders put into the first frame, less what LAME says it
 * added at both ends. http://gabriel.mp3-tech.org/mp3infotag.html
 * @returns null when there is no such tag
 */
export function encoderSeconds(bytes: Uint8Array): number | null {
  const frame = findMpegFrame(bytes);
  if (frame === null || frame.at + frame.bytes > bytes.length) return null;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + frame.at, frame.bytes);
  const name = body.toString('latin1', frame.bodyAt, frame.bodyAt + 4);
  if (name !== 'Xing' && name !== 'Info') return null;
  const [hasFrames, hasBytes, hasTable, hasQuality] = [1, 2, 4, 8].map(
    (flag) => ((body[frame.bodyAt + 7] ?? 0) & flag) !== 0,
  );
  if (!hasFrames || frame.bodyAt + 12 > body.length) return null;
  const samples = body.readUInt32BE(frame.bodyAt + 8) * frame.samples;
  const encoderAt =
    frame.bodyAt + 12 + (hasBytes ? 4 : 0) + (hasTable ? 100 : 0) + (hasQuality ? 4 : 0);
  const [a = 0, b = 0, c = 0] = body.subarray(encoderAt + 21, encoderAt + 24);
  const added = ((a << 4) | (b >> 4)) + (((b & 15) << 8) | c);
  const heard =
    samples -
    (/^La(?:me|v[cf])/i.test(body.toString('latin1', encoderAt, encoderAt + 4)) ? added : 0);
  return heard > 0 ? heard / frame.hertz : null;
}

const kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const;
const hertz1 = [44_100, 48_000, 32_000] as const;

function readHeader(bytes: Uint8Array, at: number): MpegFrame | null {
  const [sync = 0, kind = 0, rates = 0, channels = 0] = bytes.subarray(at, at + 4);
  const version = (kind >> 3) & 3;
  const isLayer3 = ((kind >> 1) & 3) === 1;
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0 || version === 1 || !isLayer3) return null;
  const isVersion1 = version === 3;
  const kilobits = (isVersion1 ? kilobits1 : kilobits2)[rates >> 4] ?? 0;
  const base = hertz1[(rates >> 2) & 3];
  if (kilobits === 0 || base === undefined) return null;
  const hertz = isVersion1 ? base : version === 2 ? base / 2 : base / 4;
  const isMono = channels >> 6 === 3;
  const sideBytes = isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const checksumBytes = (kind & 1) === 0 ? 2 : 0;
  return {
    at,
    bytes: Math.floor(((isVersion1 ? 144_000 : 72_000) * kilobits) / hertz) + ((rates >> 1) & 1),
    hertz,
    samples: isVersion1 ? 1152 : 576,
    bodyAt: 4 + checksumBytes + sideBytes,
  };
}
