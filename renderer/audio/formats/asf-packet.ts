/** A piece of a media object, of which each holds some coded frames. */
export interface AsfPayload {
  readonly streamNumber: number;
  readonly objectNumber: number;
  /** Of the piece in its object. */
  readonly offset: number;
  /** Of the whole object, in bytes. */
  readonly objectBytes: number;
  /** When the object begins, with the file's preroll; milliseconds. */
  readonly milliseconds: number;
  readonly bytes: Uint8Array;
}

/**
 * The pieces in one data packet; those of a damaged one as far as they can be read.
 * @see https://exse.eyewated.com/fls/54b3ed95bbfb1a92.pdf (ASF specification 01.20.05, 5.2)
 */
export function readAsfPacket(packet: Uint8Array): readonly AsfPayload[] {
  const fields = createFields(packet);
  const first = fields.read(1);
  const hasCorrection = (first & 0x80) !== 0;
  if (hasCorrection) fields.skip(first & 0x0f);
  const lengthFlags = hasCorrection ? fields.read(1) : first;
  const propertyFlags = fields.read(1);
  fields.readSized(lengthFlags >> 5);
  fields.readSized(lengthFlags >> 1);
  const paddingBytes = fields.readSized(lengthFlags >> 3);
  // Send time and duration.
  fields.skip(6);
  const hasSeveral = (lengthFlags & 1) !== 0;
  const several = hasSeveral ? fields.read(1) : 1;
  const end = packet.length - paddingBytes;

  const payloads: AsfPayload[] = [];
  for (let count = several & 0x3f; count > 0 && fields.place() < end; count -= 1) {
    const streamNumber = fields.read(1) & 0x7f;
    const objectNumber = fields.readSized(propertyFlags >> 4);
    const offset = fields.readSized(propertyFlags >> 2);
    const replicatedBytes = fields.readSized(propertyFlags);
    const replicated = createFields(fields.take(replicatedBytes));
    const objectBytes = replicated.read(4);
    const milliseconds = replicated.read(4);
    const left = Math.max(0, end - fields.place());
    const length = hasSeveral ? fields.readSized(several >> 6) : left;
    const bytes = fields.take(length);
    // Others are of the compressed kind, which no audio has.
    const isWhole = replicatedBytes >= 8 && bytes.length === length;
    if (isWhole) {
      payloads.push({ streamNumber, objectNumber, offset, objectBytes, milliseconds, bytes });
    }
  }
  return payloads;
}

/** Numbers in a row, the lowest byte first; behind the end there are zeros. */
function createFields(bytes: Uint8Array) {
  let at = 0;

  function read(size: number): number {
    let value = 0;
    for (let index = size - 1; index >= 0; index -= 1)
      value = value * 256 + (bytes[at + index] ?? 0);
    at += size;
    return value;
  }

  return {
    read,
    /** By two bits that say how long the number is. */
    readSized: (flags: number) => read([0, 1, 2, 4][flags & 3] ?? 0),
    skip: (count: number) => {
      at += count;
    },
    take: (count: number) => {
      at += count;
      return bytes.subarray(at - count, at);
    },
    place: () => at,
  };
}
