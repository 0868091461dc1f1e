/** In hertz. */
export const signalRate = 44_100;

/** Track A ends and track B begins here: an odd place, in the middle of every codec's frames. */
export const cutFrame = 5 * signalRate + 1237;

const signalFrames = 7 * signalRate;

/**
 * The sound that the join fixtures are cut from: seeded noise, low-passed, in whole numbers, so
 * that it is the same on every machine and like itself at one place only. One channel.
 */
export function joinSignal(): Int16Array {
  const signal = new Int16Array(signalFrames);
  let seed = 20_261_122;
  let level = 0;
  for (let frame = 0; frame < signal.length; frame += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    level += ((seed >> 16) - level) >> 3;
    signal[frame] = level;
  }
  return signal;
}

/** Each is a file of its own; one behind the other they are the signal. */
export function chainParts(): readonly { readonly name: string; readonly samples: Int16Array }[] {
  const signal = joinSignal();
  return chainFormats.map((format, index) => ({
    name: `chain-${index + 1}.${format}`,
    samples: signal.subarray(index * chainFrames, (index + 1) * chainFrames),
  }));
}

/** Every format follows a lossy and a lossless one, or goes before them. */
const chainFormats = ['flac', 'mp3', 'ogg', 'm4a', 'wav', 'itunes.m4a', 'opus'];

/** Odd, so that no codec's frame ends where a part does. */
const chainFrames = 43_861;

/** The samples as a WAV file of 16 bits and one channel. */
export function wavOf(samples: ArrayLike<number>, rate = signalRate): Buffer {
  const bytes = 2 * samples.length;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  const body = Buffer.from(Int16Array.from(samples).buffer);
  return Buffer.concat([header, body]);
}
