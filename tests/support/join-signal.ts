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

/** The samples as a WAV file of 16 bits and one channel. */
export function wavOf(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(signalRate, 24);
  header.writeUInt32LE(2 * signalRate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  const body = Buffer.alloc(samples.byteLength);
  samples.forEach((sample, index) => body.writeInt16LE(sample, 2 * index));
  return Buffer.concat([header, body]);
}
