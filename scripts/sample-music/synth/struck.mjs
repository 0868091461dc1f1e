/**
 * Struck and plucked voices. A voice is (hertz, seconds, velocity, random) → mono samples;
 * `seconds` is how long the note is held, the samples may ring on after it.
 */
import { framesOf, sampleRate } from './bus.mjs';
import { lowPass } from './filter.mjs';

/** Warm stage piano: two FM pairs, one for the body and one for the tine. */
export function electricPiano(hertz, seconds, velocity) {
  const release = 0.25;
  const out = new Float32Array(framesOf(seconds + release * 3));
  const decay = 2.6 * (220 / hertz) ** 0.4;
  const brightness = (0.35 + 1.1 * velocity) * Math.min(1, (330 / hertz) ** 0.5);
  const step = (2 * Math.PI * hertz) / sampleRate;
  for (let frame = 0; frame < out.length; frame += 1) {
    const time = frame / sampleRate;
    const body = Math.sin(
      step * frame + brightness * Math.exp(-time * 2.2) * Math.sin(step * frame),
    );
    const tine = Math.sin(step * frame + 0.25 * Math.exp(-time * 14) * Math.sin(14 * step * frame));
    out[frame] = (0.8 * body + 0.2 * velocity * tine) * Math.exp(-time / decay) * velocity;
  }
  return damp(soften(out, 0.003), seconds, release);
}

/** Vibraphone bar: fundamental, double octave and a short tenth partial. */
export const vibraphone = struckBar([
  { ratio: 1, level: 1, decay: 2.4 },
  { ratio: 3.98, level: 0.16, decay: 0.5 },
  { ratio: 9.9, level: 0.035, decay: 0.08 },
]);

export const glockenspiel = struckBar([
  { ratio: 1, level: 1, decay: 1.1 },
  { ratio: 2.76, level: 0.18, decay: 0.35 },
  { ratio: 5.4, level: 0.07, decay: 0.12 },
]);

/** Soft glass: near-harmonic partials that beat slowly. */
export const glass = struckBar(
  [
    { ratio: 1, level: 1, decay: 2.8 },
    { ratio: 1.003, level: 0.4, decay: 2.4 },
    { ratio: 2.001, level: 0.3, decay: 1.3 },
    { ratio: 3.01, level: 0.1, decay: 0.7 },
    { ratio: 4.17, level: 0.03, decay: 0.3 },
  ],
  0.008,
);

/** Small wooden thumb piano, short enough for running figures. */
export const kalimba = struckBar(
  [
    { ratio: 1, level: 1, decay: 0.55 },
    { ratio: 2, level: 0.22, decay: 0.3 },
    { ratio: 5.9, level: 0.02, decay: 0.06 },
  ],
  0.005,
);

/** Upright bass: harmonics that die away the faster the higher they are, and a finger's thump. */
export function uprightBass(hertz, seconds, velocity, random) {
  const release = 0.09;
  const out = new Float32Array(framesOf(seconds + release * 3));
  for (let harmonic = 1; harmonic <= 9; harmonic += 1) {
    const level = [1, 0.75, 0.42, 0.24, 0.15, 0.09, 0.06, 0.04, 0.025][harmonic - 1];
    ring(out, hertz * harmonic * (1 + 0.0002 * harmonic ** 2), level, 1.5 / harmonic ** 0.8);
  }
  const thump = new Float32Array(framesOf(0.06));
  for (let frame = 0; frame < thump.length; frame += 1) {
    thump[frame] = (random() * 2 - 1) * Math.exp(-frame / 500);
  }
  lowPass(thump, 420);
  for (let frame = 0; frame < Math.min(thump.length, out.length); frame += 1) {
    out[frame] += thump[frame] * 1.2;
  }
  for (let frame = 0; frame < out.length; frame += 1) out[frame] *= velocity * 0.6;
  return damp(soften(out, 0.008), seconds, release);
}

/** Steel-string guitar; `nylonGuitar` and `harp` differ in brightness and ringing. */
export const steelGuitar = pluckedString({ slope: 0.95, ring: 5, position: 0.17 });
export const nylonGuitar = pluckedString({ slope: 1.35, ring: 3.6, position: 0.23 });
export const harp = pluckedString({ slope: 1.2, ring: 6, position: 0.4 });

/**
 * Karplus–Strong with a first-order all-pass for the fractional part of the period, so that
 * high notes are in tune. `ring` is the time to fall by 60 dB at A3, in seconds.
 */
function pluckedString({ slope, ring: ringSeconds, position }) {
  return function pluck(hertz, seconds, velocity, random) {
    const release = 0.12;
    const out = new Float32Array(framesOf(seconds + release * 3));
    // The averaging filter delays by half a sample.
    const period = sampleRate / hertz - 0.5;
    const whole = Math.floor(period - 0.3);
    const fraction = period - whole;
    const allPass = (1 - fraction) / (1 + fraction);
    const loss = 10 ** (-3 / (ringSeconds * (220 / hertz) ** 0.35 * hertz));
    const line = excite(whole, slope + 0.5 * (1 - velocity), position, random);
    let [at, previous, passedIn, passedOut] = [0, 0, 0, 0];
    for (let frame = 0; frame < out.length; frame += 1) {
      const sample = line[at];
      const averaged = loss * 0.5 * (sample + previous);
      previous = sample;
      passedOut = allPass * averaged + passedIn - allPass * passedOut;
      passedIn = averaged;
      line[at] = passedOut;
      at = at + 1 === whole ? 0 : at + 1;
      out[frame] = sample * velocity;
    }
    return damp(soften(out, 0.004), seconds, release);
  };
}

/**
 * One period of a string pulled at `position` (a share of its length) and let go: every note gets
 * the same share of its fundamental, which noise would not give. Root mean square 0.35.
 */
function excite(frames, slope, position, random) {
  const line = new Float32Array(frames);
  const highest = Math.min(Math.floor(frames / 2.2), 40);
  for (let harmonic = 1; harmonic <= highest; harmonic += 1) {
    const level = Math.abs(Math.sin(Math.PI * harmonic * position)) / harmonic ** slope;
    const phase = random() * 2 * Math.PI;
    for (let frame = 0; frame < frames; frame += 1) {
      line[frame] += level * Math.sin((2 * Math.PI * harmonic * frame) / frames + phase);
    }
  }
  const power = line.reduce((sum, value) => sum + value * value, 0) / frames;
  return line.map((value) => (value / Math.sqrt(power)) * 0.35);
}

function struckBar(partials, attackSeconds = 0.002) {
  return function strike(hertz, seconds, velocity) {
    const release = 0.5;
    const slowness = (440 / hertz) ** 0.35;
    const longest = partials[0].decay * slowness;
    const out = new Float32Array(framesOf(Math.min(seconds + release * 3, longest * 5)));
    for (const { ratio, level, decay } of partials) {
      const dulled = ratio === 1 ? level : level * (0.4 + 0.6 * velocity);
      ring(out, hertz * ratio, dulled * velocity * 0.7, decay * slowness);
    }
    return damp(soften(out, attackSeconds), seconds, release);
  };
}

/** Adds a sine that falls by 1/e every `decay` seconds, by a two-step recursion. */
function ring(out, hertz, level, decay) {
  if (hertz > sampleRate * 0.45) return;
  const angle = (2 * Math.PI * hertz) / sampleRate;
  const fall = Math.exp(-1 / (decay * sampleRate));
  const turn = 2 * fall * Math.cos(angle);
  let before = 0;
  let current = level * Math.sin(angle);
  for (let frame = 0; frame < out.length; frame += 1) {
    out[frame] += before;
    [before, current] = [current, turn * current - fall * fall * before];
  }
}

/** A raised-cosine start: no click even where the first sample is not zero. */
function soften(samples, seconds) {
  const frames = Math.min(framesOf(seconds), samples.length);
  for (let frame = 0; frame < frames; frame += 1) {
    samples[frame] *= 0.5 - 0.5 * Math.cos((Math.PI * frame) / frames);
  }
  return samples;
}

/** Dampens after the note is let go, and ends at exactly zero. */
function damp(samples, heldSeconds, releaseSeconds) {
  const from = framesOf(heldSeconds);
  for (let frame = from; frame < samples.length; frame += 1) {
    samples[frame] *= Math.exp(-(frame - from) / (releaseSeconds * sampleRate));
  }
  const tail = Math.min(framesOf(0.03), samples.length);
  for (let frame = 0; frame < tail; frame += 1) {
    samples[samples.length - 1 - frame] *= frame / tail;
  }
  return samples;
}
