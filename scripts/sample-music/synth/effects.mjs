/** Effects over whole buses. Each returns a bus; the ones that say "in place" return their own. */
import { addBus, createBus, eachChannel, framesOf, sampleRate } from './bus.mjs';
import { highPass, lowPass } from './filter.mjs';

// Mutually prime, so that the echoes of the eight lines do not fall together.
const lineFrames = [1_427, 1_637, 1_901, 2_137, 2_467, 2_801, 3_229, 3_559];

/**
 * Feedback delay network with a Householder matrix: only the wet signal.
 * `seconds` is the time to fall by 60 dB; `dampHertz` is where highs begin to fall faster.
 */
export function reverb(bus, { seconds, dampHertz = 5_000, size = 1, predelaySeconds = 0.018 }) {
  const wet = createBus(bus.left.length);
  const predelay = framesOf(predelaySeconds);
  const damp = 1 - Math.exp((-2 * Math.PI * dampHertz) / sampleRate);
  const lines = lineFrames.map((frames) => {
    const length = Math.round(frames * size);
    return {
      ring: new Float32Array(length),
      at: 0,
      low: 0,
      feedback: 10 ** ((-3 * length) / (seconds * sampleRate)),
    };
  });
  for (let frame = predelay; frame < wet.left.length; frame += 1) {
    let sum = 0;
    for (const line of lines) {
      line.low += damp * (line.ring[line.at] - line.low);
      sum += line.low;
    }
    const shared = sum / 4;
    const input = [bus.left[frame - predelay], bus.right[frame - predelay]];
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index];
      const out = line.low;
      // Even lines feed and hear the left side, odd lines the right; signs keep mono sums alive.
      const sign = index % 4 < 2 ? 0.5 : -0.5;
      if (index % 2 === 0) wet.left[frame] += out * sign;
      else wet.right[frame] += out * sign;
      line.ring[line.at] = input[index % 2] * sign + (out - shared) * line.feedback;
      line.at = line.at + 1 === line.ring.length ? 0 : line.at + 1;
    }
  }
  return eachChannel(wet, (samples) => highPass(samples, 140));
}

/** Echoes that cross from side to side, each darker than the one before: only the wet signal. */
function crossingEcho(bus, { seconds, feedback, dampHertz = 3_500 }) {
  const wet = createBus(bus.left.length);
  const delay = framesOf(seconds);
  const damp = 1 - Math.exp((-2 * Math.PI * dampHertz) / sampleRate);
  let [lowLeft, lowRight] = [0, 0];
  for (let frame = delay; frame < wet.left.length; frame += 1) {
    const back = frame - delay;
    lowLeft += damp * (wet.right[back] * feedback + bus.left[back] * 0.8 - lowLeft);
    lowRight += damp * (wet.left[back] * feedback + bus.right[back] * 0.4 - lowRight);
    wet.left[frame] = lowLeft;
    wet.right[frame] = lowRight;
  }
  return wet;
}

/** An effect for a strip: the sound and its crossing echoes. */
export function withEcho({ level = 0.5, ...echo }) {
  return (bus) => {
    addBus(bus, crossingEcho(bus, echo), level);
    return bus;
  };
}

/** Two slowly moving taps a side, mixed with the dry signal. */
export function chorus(bus, { hertz = 0.5, depthSeconds = 0.003, mix = 0.5 }) {
  const out = createBus(bus.left.length);
  const middle = 0.014 * sampleRate;
  const depth = depthSeconds * sampleRate;
  for (const [side, phase] of [
    ['left', 0],
    ['right', Math.PI / 2],
  ]) {
    const dry = bus[side];
    for (let frame = 0; frame < dry.length; frame += 1) {
      const swing = Math.sin((2 * Math.PI * hertz * frame) / sampleRate + phase);
      const at = frame - middle - depth * swing;
      const whole = Math.floor(at);
      const tap = whole < 0 ? 0 : dry[whole] + (dry[whole + 1] - dry[whole]) * (at - whole);
      out[side][frame] = dry[frame] * (1 - mix / 2) + tap * mix;
    }
  }
  return out;
}

/** In place: the sound moves from side to side, as the vibrato of a stage piano does. */
export function autoPan(bus, { hertz, depth }) {
  for (let frame = 0; frame < bus.left.length; frame += 1) {
    const swing = depth * Math.sin((2 * Math.PI * hertz * frame) / sampleRate);
    bus.left[frame] *= 1 - depth + swing;
    bus.right[frame] *= 1 - depth - swing;
  }
  return bus;
}

/** In place: dips after each time, as if a compressor listened to the kick. */
export function duck(bus, timesSeconds, { depth, recoverSeconds }) {
  const rise = framesOf(recoverSeconds);
  const attack = framesOf(0.006);
  for (const time of timesSeconds) {
    const start = framesOf(time);
    for (let step = 0; step < attack + rise && start + step < bus.left.length; step += 1) {
      const amount = step < attack ? step / attack : (1 - (step - attack) / rise) ** 2;
      bus.left[start + step] *= 1 - depth * amount;
      bus.right[start + step] *= 1 - depth * amount;
    }
  }
  return bus;
}

/** In place: old tape. Rounds off peaks and highs. */
export function tape(bus, { drive, cutHertz }) {
  return eachChannel(bus, (samples) => {
    for (let frame = 0; frame < samples.length; frame += 1) {
      samples[frame] = Math.tanh(samples[frame] * drive) / drive;
    }
    lowPass(samples, cutHertz);
  });
}
