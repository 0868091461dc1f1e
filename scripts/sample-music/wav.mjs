/** Writes buses as stereo WAV files at 44.1 kHz. */
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';

import { sampleRate } from './synth/bus.mjs';

export function writeFloatWav(file, bus) {
  const data = Buffer.alloc(bus.left.length * 8);
  for (let frame = 0; frame < bus.left.length; frame += 1) {
    data.writeFloatLE(bus.left[frame], frame * 8);
    data.writeFloatLE(bus.right[frame], frame * 8 + 4);
  }
  writeFileSync(file, Buffer.concat([header(data.length, 3, 32), data]));
}

/**
 * 16-bit samples. With fewer `keptBits` the lowest bits are zero: inaudible in soft music at 13,
 * and FLAC, which leaves out unused bits, becomes a third smaller.
 */
export function writeWav(file, bus, keptBits = 16) {
  const data = Buffer.alloc(bus.left.length * 4);
  const steps = 2 ** (keptBits - 1);
  const unit = 2 ** (16 - keptBits);
  const quantise = (value) =>
    Math.max(-steps, Math.min(steps - 1, Math.round(value * steps))) * unit;
  for (let frame = 0; frame < bus.left.length; frame += 1) {
    data.writeInt16LE(quantise(bus.left[frame]), frame * 4);
    data.writeInt16LE(quantise(bus.right[frame]), frame * 4 + 2);
  }
  writeFileSync(file, Buffer.concat([header(data.length, 1, 16), data]));
}

/** format: 1 is integer PCM, 3 is float. */
function header(dataBytes, format, bits) {
  const out = Buffer.alloc(44);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(36 + dataBytes, 4);
  out.write('WAVEfmt ', 8, 'latin1');
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(format, 20);
  out.writeUInt16LE(2, 22);
  out.writeUInt32LE(sampleRate, 24);
  out.writeUInt32LE((sampleRate * 2 * bits) / 8, 28);
  out.writeUInt16LE((2 * bits) / 8, 32);
  out.writeUInt16LE(bits, 34);
  out.write('data', 36, 'latin1');
  out.writeUInt32LE(dataBytes, 40);
  return out;
}
