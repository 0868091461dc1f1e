/** From a mix to a finished recording: no offset, even edges, one loudness, no peak over -1 dBTP. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eachChannel, framesOf, gainOf } from './synth/bus.mjs';
import { highPass, lowPass } from './synth/filter.mjs';
import { writeFloatWav } from './wav.mjs';

/** Sample peaks stay this low so that the peaks between samples, after a lossy encoder, do too. */
const ceiling = gainOf(-2);

/** Works in place. fadeOutSeconds is for pieces that do not end by themselves. */
export function master(bus, { lufs, fadeOutSeconds = 1.5, topHertz = 15_000 }) {
  eachChannel(bus, (samples) => {
    highPass(samples, 28);
    lowPass(samples, topHertz);
    fadeEdges(samples, framesOf(0.01), framesOf(fadeOutSeconds));
  });
  // Twice, since limiting takes away a little loudness.
  for (let turn = 0; turn < 2; turn += 1) {
    const gain = gainOf(lufs - loudnessOf(bus).integratedLufs);
    eachChannel(bus, (samples) =>
      samples.forEach((value, frame) => (samples[frame] = value * gain)),
    );
    limit(bus);
  }
  return bus;
}

/** Measures an audio file by EBU R 128. → {integratedLufs, truePeakDbtp, rangeLu} */
export function measureFile(file) {
  const filter = [
    '-nostdin',
    '-hide_banner',
    '-i',
    file,
    '-map',
    '0:a',
    '-af',
    'ebur128=peak=true',
  ];
  const run = spawnSync('ffmpeg', [...filter, '-f', 'null', '-'], { encoding: 'utf8' });
  const summary = run.stderr.slice(run.stderr.lastIndexOf('Summary:'));
  const read = (label) => Number(new RegExp(`${label}:\\s+(-?[\\d.]+)`).exec(summary)?.[1]);
  const found = { integratedLufs: read('I'), truePeakDbtp: read('Peak'), rangeLu: read('LRA') };
  if (run.status !== 0 || Number.isNaN(found.integratedLufs)) {
    throw new Error(`ffmpeg could not measure ${file}`);
  }
  return found;
}

function loudnessOf(bus) {
  const folder = mkdtempSync(join(tmpdir(), 'refrain-master-'));
  try {
    const file = join(folder, 'mix.wav');
    writeFloatWav(file, bus);
    return measureFile(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fadeEdges(samples, inFrames, outFrames) {
  for (let frame = 0; frame < inFrames; frame += 1) samples[frame] *= frame / inFrames;
  for (let frame = 0; frame < outFrames; frame += 1) {
    samples[samples.length - 1 - frame] *= 0.5 - 0.5 * Math.cos((Math.PI * frame) / outFrames);
  }
}

/** Look-ahead limiter: the lowest gain in sight, averaged over the same window, never overshoots. */
function limit(bus) {
  const reach = framesOf(0.004);
  const frames = bus.left.length;
  const wanted = new Float32Array(frames).fill(1);
  for (let frame = 0; frame < frames; frame += 1) {
    const loudest = Math.max(Math.abs(bus.left[frame]), Math.abs(bus.right[frame]));
    if (loudest <= ceiling) continue;
    const gain = ceiling / loudest;
    const until = Math.min(frames, frame + reach + 1);
    for (let near = Math.max(0, frame - reach); near < until; near += 1) {
      wanted[near] = Math.min(wanted[near], gain);
    }
  }
  const smooth = slidingMean(wanted, reach);
  for (let frame = 0; frame < frames; frame += 1) {
    bus.left[frame] *= smooth[frame];
    bus.right[frame] *= smooth[frame];
  }
}

function slidingMean(values, reach) {
  const out = new Float32Array(values.length);
  const at = (frame) => values[Math.max(0, Math.min(values.length - 1, frame))];
  let sum = 0;
  for (let frame = -reach; frame <= reach; frame += 1) sum += at(frame);
  for (let frame = 0; frame < values.length; frame += 1) {
    out[frame] = sum / (2 * reach + 1);
    sum += at(frame + reach + 1) - at(frame - reach);
  }
  return out;
}
