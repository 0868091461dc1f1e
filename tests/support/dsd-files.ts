/** In hertz. */
export const dsdRate = 2_822_400;

const blockBytes = 4096;

/** A tone as one-bit sound, the first bit in time highest: a modulator of the second order. */
export function dsdTone(hertz: number, level: number, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes);
  let [first, second, last] = [0, 0, 1];
  for (let bit = 0; bit < bytes * 8; bit += 1) {
    first += level * Math.sin((2 * Math.PI * hertz * bit) / dsdRate) - last;
    second += first - last;
    last = second >= 0 ? 1 : -1;
    if (last === 1) out[bit >> 3] = (out[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return out;
}

export function dsf(channels: readonly Uint8Array[]): Buffer {
  const bytes = channels[0]?.length ?? 0;
  const blocks = Math.ceil(bytes / blockBytes);
  const parts: Buffer[] = [];
  for (let block = 0; block < blocks; block += 1) {
    for (const channel of channels) {
      const part = Buffer.alloc(blockBytes, 0x69);
      part.set(channel.subarray(block * blockBytes, (block + 1) * blockBytes).map(turned));
      parts.push(part);
    }
  }
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(92);
  head.write('DSD ', 0, 'latin1');
  head.writeBigUInt64LE(28n, 4);
  head.writeBigUInt64LE(BigInt(92 + body.length), 12);
  head.write('fmt ', 28, 'latin1');
  head.writeBigUInt64LE(52n, 32);
  const numbers = [1, 0, 2, channels.length, dsdRate, 1];
  numbers.forEach((number, index) => head.writeUInt32LE(number, 40 + 4 * index));
  head.writeBigUInt64LE(BigInt(bytes * 8), 64);
  head.writeUInt32LE(blockBytes, 72);
  head.write('data', 80, 'latin1');
  head.writeBigUInt64LE(BigInt(12 + body.length), 84);
  return Buffer.concat([head, body]);
}

export function dff(channels: readonly Uint8Array[], compression = 'DSD '): Buffer {
  const bytes = channels[0]?.length ?? 0;
  const body = Buffer.alloc(bytes * channels.length);
  channels.forEach((channel, index) => {
    channel.forEach((byte, at) => (body[at * channels.length + index] = byte));
  });
  const rate = Buffer.alloc(4);
  rate.writeUInt32BE(dsdRate);
  const count = Buffer.from([0, channels.length, ...Buffer.from('SLFTSRGT')]);
  const properties = [Buffer.from('SND '), chunk('FS  ', rate), chunk('CHNL', count)];
  const inner = [Buffer.from('DSD '), chunk('PROP', Buffer.concat(properties))];
  return chunk('FRM8', Buffer.concat([...inner, chunk(compression, body)]));
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.write(name, 'latin1');
  head.writeBigUInt64BE(BigInt(body.length), 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** The bits of a byte in the other order. */
function turned(byte: number): number {
  return parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2);
}
