/** Drums: each is (velocity, random) → mono samples. Soft ones: nothing here should startle. */
import { framesOf, sampleRate } from './bus.mjs';
import { bandPass, highPass, lowPass } from './filter.mjs';

export function kick(velocity, random) {
  return sweep({ from: 120, to: 48, seconds: 0.34, velocity, click: 0.12, random });
}

/** A felt beater, played so quietly that it is felt more than heard. */
export function feltKick(velocity, random) {
  return sweep({ from: 84, to: 46, seconds: 0.26, velocity: velocity * 0.9, click: 0.03, random });
}

export function frameDrum(velocity, random) {
  return sweep({ from: 128, to: 92, seconds: 0.5, velocity, click: 0.2, random });
}

export function snare(velocity, random) {
  const out = noise(0.2, 0.055, velocity * 0.8, random);
  bandPass(out, 1_900, 0.6);
  return addTone(out, 188, 0.05, velocity * 0.5);
}

export function brushTap(velocity, random) {
  const out = noise(0.16, 0.04, velocity * 0.8, random, 0.004);
  highPass(out, 900);
  return lowPass(out, 6_500);
}

/** A brush drawn over the skin for a beat: swells and fades. */
export function brushSweep(velocity, random) {
  const out = noise(0.42, 10, velocity * 0.4, random);
  for (let frame = 0; frame < out.length; frame += 1) {
    out[frame] *= Math.sin((Math.PI * frame) / out.length) ** 2;
  }
  highPass(out, 1_400);
  return lowPass(out, 5_500);
}

export function rim(velocity, random) {
  const out = noise(0.06, 0.006, velocity * 0.4, random);
  bandPass(out, 2_400, 1.2);
  return addTone(addTone(out, 1_150, 0.012, velocity * 0.35), 640, 0.018, velocity * 0.3);
}

export function hat(velocity, random) {
  const out = noise(0.09, 0.018, velocity * 0.6, random);
  highPass(out, 6_500);
  return lowPass(out, 11_000);
}

export function shaker(velocity, random) {
  const out = noise(0.11, 0.03, velocity * 0.6, random, 0.022);
  highPass(out, 4_200);
  return lowPass(out, 9_000);
}

/** Ride cymbal: a cluster of inharmonic partials under a little noise. */
export function ride(velocity, random) {
  const out = noise(0.7, 0.16, velocity * 0.18, random);
  highPass(out, 5_000);
  for (const hertz of [2_093, 2_987, 3_631, 4_423, 5_281, 6_317]) {
    addTone(out, hertz * (0.998 + 0.004 * random()), 0.14, velocity * 0.035);
  }
  return lowPass(out, 9_500);
}

export function clap(velocity, random) {
  const out = new Float32Array(framesOf(0.24));
  for (const delay of [0, 0.011, 0.021]) {
    const burst = noise(0.2, delay === 0.021 ? 0.05 : 0.008, velocity * 0.6, random);
    const at = framesOf(delay);
    for (let frame = 0; frame < burst.length; frame += 1) out[at + frame] += burst[frame];
  }
  return bandPass(out, 1_500, 0.8);
}

/** A tuned, woody tick for pieces that want a pulse without noise. */
export function woodTick(velocity) {
  return addTone(
    addTone(new Float32Array(framesOf(0.16)), 830, 0.022, velocity * 0.5),
    1_660,
    0.01,
    velocity * 0.15,
  );
}

function sweep({ from, to, seconds, velocity, click, random }) {
  const out = new Float32Array(framesOf(seconds));
  let phase = 0;
  for (let frame = 0; frame < out.length; frame += 1) {
    const time = frame / sampleRate;
    phase += (2 * Math.PI * (to + (from - to) * Math.exp(-time * 28))) / sampleRate;
    const tap = click * (random() * 2 - 1) * Math.exp(-time * 320);
    out[frame] = (Math.sin(phase) + tap) * velocity * Math.exp((-time * 4.5) / seconds);
  }
  return edges(lowPass(out, 3_000), 0.002);
}

/** White noise that falls by 1/e every `decay` seconds. */
function noise(seconds, decay, level, random, attack = 0.001) {
  const out = new Float32Array(framesOf(seconds));
  for (let frame = 0; frame < out.length; frame += 1) {
    out[frame] = (random() * 2 - 1) * level * Math.exp(-frame / (decay * sampleRate));
  }
  return edges(out, attack);
}

function addTone(out, hertz, decay, level) {
  for (let frame = 0; frame < out.length; frame += 1) {
    const time = frame / sampleRate;
    const rise = Math.min(1, time / 0.001);
    out[frame] += Math.sin(2 * Math.PI * hertz * time) * level * rise * Math.exp(-time / decay);
  }
  return edges(out, 0);
}

function edges(samples, attackSeconds) {
  const attack = framesOf(attackSeconds);
  for (let frame = 0; frame < attack; frame += 1) samples[frame] *= frame / attack;
  const tail = framesOf(0.01);
  for (let frame = 0; frame < tail; frame += 1) samples[samples.length - 1 - frame] *= frame / tail;
  return samples;
}
