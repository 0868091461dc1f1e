import { expect, it } from 'vitest';
import { createStretcher } from '../../../../../renderer/audio/decode/stretch.ts';
import type { Planes } from '../../../../../renderer/audio/decode/decode-messages.ts';

const sampleRate = 44_100;

it('a tone at another speed lasts as long as it should and keeps its pitch', async () => {
  for (const speed of [0.5, 0.8, 1.5, 3]) {
    const [stretched = new Float32Array()] = await stretchOf([tone(440, 4)], speed);
    expect(stretched.length).toBe(Math.round((4 * sampleRate) / speed));
    const middle = stretched.subarray(stretched.length >> 2, 3 * (stretched.length >> 2));
    expect(Math.abs(pitchOf(middle) / 440 - 1)).toBeLessThan(0.005);
    expect(levelOf(middle)).toBeGreaterThan(0.9 * levelOf(tone(440, 1)));
  }
});

it('bursts stay in their order and at their places', async () => {
  const bursts = [0.4, 1.1, 1.5, 2.6];
  const music = new Float32Array(3 * sampleRate);
  bursts.forEach((seconds, index) => {
    music.set(tone(500 * (index + 1), 0.15), Math.round(seconds * sampleRate));
  });
  for (const speed of [0.5, 0.7, 1.5, 3]) {
    const [stretched = new Float32Array()] = await stretchOf([music], speed);
    for (const [index, seconds] of bursts.entries()) {
      const from = Math.round((seconds / speed) * sampleRate);
      const burst = stretched.subarray(from, from + Math.round((0.15 / speed) * sampleRate));
      expect(levelOf(burst)).toBeGreaterThan(0.2);
      expect(Math.abs(pitchOf(burst) / (500 * (index + 1)) - 1)).toBeLessThan(0.06);
    }
  }
});

it('the first and the last moment of a track sound as loud as the rest', async () => {
  for (const speed of [0.5, 1.5, 2]) {
    const [stretched = new Float32Array()] = await stretchOf([tone(300, 2)], speed);
    const moment = Math.round(0.02 * sampleRate);
    const wanted = levelOf(tone(300, 1));
    expect(levelOf(stretched.subarray(0, moment))).toBeGreaterThan(0.5 * wanted);
    expect(levelOf(stretched.subarray(-moment))).toBeGreaterThan(0.5 * wanted);
  }
});

it('however the frames are cut into pieces, channel for channel the same comes out', async () => {
  const planes = [tone(440, 1), tone(660, 1)];
  const atOnce = await stretchOf(planes, 1.3);
  expect(atOnce).toHaveLength(2);
  for (const [channel, hertz] of [440, 660].entries()) {
    const plane = atOnce[channel]?.subarray(sampleRate / 4, sampleRate / 2) ?? new Float32Array();
    expect(Math.abs(pitchOf(plane) / hertz - 1)).toBeLessThan(0.005);
  }
  const stretcher = await createStretcher(2, sampleRate, 1.3);
  let frames = 0;
  for (let from = 0; from < sampleRate; from += 700) {
    const piece = stretcher.push(planes.map((plane) => plane.subarray(from, from + 700)));
    frames += piece[0]?.length ?? 0;
  }
  frames += stretcher.finish()[0]?.length ?? 0;
  expect(frames).toBe(Math.round(sampleRate / 1.3));
});

async function stretchOf(planes: Planes, speed: number): Promise<Planes> {
  const stretcher = await createStretcher(planes.length, sampleRate, speed);
  const first = stretcher.push(planes);
  const rest = stretcher.finish();
  return first.map((plane, channel) => Float32Array.from([...plane, ...(rest[channel] ?? [])]));
}

function tone(hertz: number, seconds: number): Float32Array<ArrayBuffer> {
  const length = Math.round(seconds * sampleRate);
  return Float32Array.from({ length }, (_, frame) => {
    return 0.5 * Math.sin((2 * Math.PI * hertz * frame) / sampleRate);
  });
}

/** By the first and last upward crossing of zero, each found between its samples. */
function pitchOf(plane: Float32Array): number {
  const crossings: number[] = [];
  for (let frame = 1; frame < plane.length; frame += 1) {
    const before = plane[frame - 1] ?? 0;
    const after = plane[frame] ?? 0;
    if (before < 0 && after >= 0) crossings.push(frame - after / (after - before));
  }
  const [first = 0] = crossings;
  return ((crossings.length - 1) * sampleRate) / ((crossings.at(-1) ?? 0) - first);
}

function levelOf(plane: Float32Array): number {
  return Math.sqrt(plane.reduce((sum, sample) => sum + sample * sample, 0) / plane.length);
}
