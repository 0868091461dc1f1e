/** Second-order filters after the Audio EQ Cookbook (W3C note), run in place. */
import { sampleRate } from './bus.mjs';

export function lowPass(samples, hertz, q = Math.SQRT1_2) {
  const { cosine, alpha } = corner(hertz, q);
  const side = (1 - cosine) / 2;
  return run(samples, [side, 1 - cosine, side], [1 + alpha, -2 * cosine, 1 - alpha]);
}

export function highPass(samples, hertz, q = Math.SQRT1_2) {
  const { cosine, alpha } = corner(hertz, q);
  const side = (1 + cosine) / 2;
  return run(samples, [side, -1 - cosine, side], [1 + alpha, -2 * cosine, 1 - alpha]);
}

export function bandPass(samples, hertz, q) {
  const { cosine, alpha } = corner(hertz, q);
  return run(samples, [alpha, 0, -alpha], [1 + alpha, -2 * cosine, 1 - alpha]);
}

export function peak(samples, hertz, q, decibels) {
  const { cosine, alpha } = corner(hertz, q);
  const root = 10 ** (decibels / 40);
  return run(
    samples,
    [1 + alpha * root, -2 * cosine, 1 - alpha * root],
    [1 + alpha / root, -2 * cosine, 1 - alpha / root],
  );
}

function corner(hertz, q) {
  const angle = (2 * Math.PI * hertz) / sampleRate;
  return { cosine: Math.cos(angle), alpha: Math.sin(angle) / (2 * q) };
}

function run(samples, [b0, b1, b2], [a0, a1, a2]) {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let frame = 0; frame < samples.length; frame += 1) {
    const x = samples[frame];
    const y = (b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2) / a0;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[frame] = y;
  }
  return samples;
}
