/** What four bytes of an MPEG layer III header say. */
export interface Mp3Frame {
  readonly bytes: number;
  /** What frames of this bit rate have on average: padding makes some a byte longer. */
  readonly averageBytes: number;
  readonly samples: number;
  readonly sampleRate: number;
  /** Where a Xing or Info header would stand, counted from the frame's start. */
  readonly xingOffset: number;
}

const kilobitsMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const kilobitsMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const;
const sampleRatesMpeg1 = [44100, 48000, 32000] as const;

/** Null when no layer III frame starts at `at`, or one of free bit rate. */
export function readMp3Frame(bytes: Uint8Array, at: number): Mp3Frame | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  if (first !== 0xff || second < 0xe0 || version === 1 || layer !== 1) return null;

  const mpeg1 = version === 3;
  const bitRate = 1000 * ((mpeg1 ? kilobitsMpeg1 : kilobitsMpeg2)[third >> 4] ?? 0);
  const fullRate = sampleRatesMpeg1[(third >> 2) & 3];
  if (bitRate === 0 || fullRate === undefined) return null;

  const sampleRate = mpeg1 ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4;
  const samples = mpeg1 ? 1152 : 576;
  const padding = (third >> 1) & 1;
  const mono = fourth >> 6 === 3;
  const averageBytes = (samples * bitRate) / (8 * sampleRate);
  return {
    bytes: Math.floor(averageBytes) + padding,
    averageBytes,
    samples,
    sampleRate,
    xingOffset: 4 + (mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17),
  };
}

/**
 * Where the first frame starts; −1 when there is none. A sync may be chance: it counts only when
 * other frames stand where the frame and its successor end.
 */
export function findMp3Frame(bytes: Uint8Array): number {
  return bytes.findIndex((byte, at) => byte === 0xff && startsChain(bytes, at, 3));
}

function startsChain(bytes: Uint8Array, at: number, length: number): boolean {
  if (length === 0) return true;
  const frame = readMp3Frame(bytes, at);
  return frame !== null && startsChain(bytes, at + frame.bytes, length - 1);
}

/** Bytes of the ID3v2 tag at `at`, its own header included; 0 when there is none. */
export function id3Length(bytes: Uint8Array, at: number): number {
  const header = bytes.subarray(at, at + 10);
  if (header.length < 10 || String.fromCharCode(...header.subarray(0, 3)) !== 'ID3') return 0;
  const footer = ((header[5] ?? 0) & 0x10) === 0 ? 0 : 10;
  // Seven bits a byte, so that the size never looks like a frame's sync.
  const size = header.subarray(6).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  return 10 + size + footer;
}
