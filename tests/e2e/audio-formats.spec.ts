import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askMain, expect, projectRoot, test } from '../support/app.ts';
import { find } from '../support/correlate.ts';
import { dff, dsdRate, dsdTone, dsf } from '../support/dsd-files.ts';
import {
  formatCut,
  formatSignal,
  lossyFrames,
  lossySignal,
  pcmWav,
  quietBits,
} from '../support/format-signal.ts';
import { playToTheEnd, positionOf } from '../support/playing.ts';
import { forgetSound, tapSound, tappedSound } from '../support/sound-tap.ts';

const fixtures = join(projectRoot, 'tests/fixtures/decoders');
const [signal = new Int32Array()] = formatSignal(2, 16, quietBits);
const [lossy = new Int32Array()] = lossySignal();

test('lossless formats that Chromium can’t play are joined bit by bit', async ({ launch }) => {
  test.setTimeout(120_000);
  const { window } = await launch();
  await tapSound(window);
  for (const format of ['m4a', 'wv', 'ape']) {
    await forgetSound(window);
    await playToTheEnd(
      window,
      ['a', 'b'].map((name) => join(fixtures, `${name}.${format}`)),
    );
    const { samples, gaps } = await tappedSound(window);
    expect(gaps, format).toEqual([]);
    expect(samples.length, format).toBe(signal.length);
    expect(firstDifference(samples, signal), format).toBe(-1);
  }
});

test('a seek in each of them lands on the sample', async ({ launch }) => {
  test.setTimeout(120_000);
  const { window } = await launch();
  await tapSound(window);
  for (const format of ['m4a', 'wv', 'ape']) {
    const over = playToTheEnd(window, [join(fixtures, `a.${format}`)]);
    await expect.poll(() => positionOf(window)).toBeGreaterThan(0);
    await forgetSound(window);
    await askMain(window, 'session.seek', { seconds: 1 });
    await over;
    const { samples } = await tappedSound(window);
    const wanted = signal.subarray(44_100, formatCut);
    expect(samples.length, format).toBe(wanted.length);
    expect(firstDifference(samples, wanted), format).toBe(-1);
  }
});

test('lossy formats that Chromium can’t play sound like what was encoded', async ({ launch }) => {
  test.setTimeout(120_000);
  const { window } = await launch();
  await tapSound(window);
  for (const [name, likeness] of [
    ['a.mpc', 0.97],
    ['a.7.mpc', 0.97],
    ['a.hybrid.wv', 0.99],
    ['a.wma', 0.93],
  ] as const) {
    await forgetSound(window);
    await playToTheEnd(window, [join(fixtures, name)]);
    const { samples } = await tappedSound(window);
    expect(samples.length, name).toBeGreaterThan(lossyFrames - 4096);
    const found = find(samples.subarray(10_000, 20_000), lossy, 7900, 12_100);
    expect(found.likeness, name).toBeGreaterThan(likeness);
  }
});

test('one-bit sound is heard, whatever its file is called', async ({ launch, musicFolder }) => {
  test.setTimeout(120_000);
  const { window } = await launch();
  await tapSound(window);
  const bits = dsdTone(1000, 0.5, dsdRate / 8);
  const paths = [join(musicFolder, 'one.dsf'), join(musicFolder, 'two.dff')] as const;
  await writeFile(paths[0], dsf([bits, bits]));
  await writeFile(paths[1], dff([bits, bits]));
  // Its name says something else than its bytes.
  const misnamed = join(musicFolder, 'three.wav');
  await copyFile(paths[0], misnamed);
  for (const path of [...paths, misnamed]) {
    await forgetSound(window);
    await playToTheEnd(window, [path]);
    const { samples } = await tappedSound(window);
    expect(samples.length, path).toBe(44_100);
    const tone = Float32Array.from({ length: 4410 }, (_, frame) =>
      Math.sin((2 * Math.PI * 1000 * frame) / 44_100),
    );
    expect(find(tone, samples, 8800, 8845).likeness, path).toBeGreaterThan(0.99);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest, path).toBeGreaterThan(0.49);
    expect(loudest, path).toBeLessThan(0.52);
  }
});

test('a file of five channels and a low one is heard in full', async ({ launch, musicFolder }) => {
  const { window } = await launch();
  await tapSound(window);
  const path = join(musicFolder, 'around.wav');
  await writeFile(path, pcmWav(formatSignal(6, 16, quietBits)));
  await playToTheEnd(window, [path]);
  const { samples, gaps } = await tappedSound(window);
  expect(gaps).toEqual([]);
  expect(firstDifference(samples, signal)).toBe(-1);
});

/** Where the recording is not the signal, in whole numbers of 16 bits; −1: nowhere. */
function firstDifference(recording: Float32Array, wanted: Int32Array): number {
  return recording.findIndex((sample, frame) => {
    return Math.abs(sample * 32_768 - (wanted[frame] ?? NaN)) > 0.5;
  });
}
