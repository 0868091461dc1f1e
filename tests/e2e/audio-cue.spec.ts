import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect, projectRoot, test } from '../support/app.ts';
import { find } from '../support/correlate.ts';
import { cueSheet } from '../support/cue-sheet.ts';
import { joinSignal, signalRate, wavOf } from '../support/join-signal.ts';
import { beginToPlay, sessionOf, untilOver } from '../support/playing.ts';
import { forgetSound, tapSound, tappedSound } from '../support/sound-tap.ts';

const signal = joinSignal();
/** Frames of the compact disc, at places that no codec's frames begin at. */
const parts = [0, 113 / 75, 286 / 75];

test('the tracks of a cue sheet sound as the file does, sample by sample', async ({
  launch,
  musicFolder,
}) => {
  test.setTimeout(120_000);
  const { window } = await launch();
  await tapSound(window);
  for (const format of ['wav', 'flac']) {
    await forgetSound(window);
    const sheet = await writeAlbum(musicFolder, format);
    const titles = await playThrough(window, sheet);
    expect(titles).toEqual(['Part 1', 'Part 2', 'Part 3']);
    const { samples, gaps } = await tappedSound(window);
    const whole = format === 'wav' ? signal : signal.subarray(0, samples.length);
    expect(gaps).toEqual([]);
    expect(samples.length).toBe(whole.length);
    expect(firstDifference(samples, whole)).toBe(-1);
  }
});

test('a seek within a track counts from where it begins in the file', async ({
  launch,
  musicFolder,
}) => {
  test.setTimeout(60_000);
  const { window } = await launch();
  await tapSound(window);
  const over = playThrough(window, await writeAlbum(musicFolder, 'wav'));
  await expect.poll(() => titleOf(window)).toBe('Part 2');
  await forgetSound(window);
  await askMain(window, 'session.seek', { seconds: 1 });
  await over;
  const { samples } = await tappedSound(window);
  const from = 113 * 588 + signalRate;
  // The first moment fades in.
  const faded = signalRate / 10;
  expect(samples.length).toBe(signal.length - from);
  expect(firstDifference(samples.subarray(faded), signal.subarray(from + faded))).toBe(-1);
});

test('the parts of an MP3 file join without a sample too many or too few', async ({
  launch,
  musicFolder,
}) => {
  test.setTimeout(120_000);
  const { window } = await launch();
  await tapSound(window);
  for (const format of ['cbr.mp3', 'mp3']) {
    await forgetSound(window);
    await playThrough(window, await writeAlbum(musicFolder, format));
    const { samples, gaps } = await tappedSound(window);
    expect(gaps, format).toEqual([]);
    for (const at of parts.slice(1).map((seconds) => Math.round(seconds * signalRate))) {
      expect(joinError(samples, at), format).toBe(0);
    }
  }
});

/** @returns the path of its sheet */
async function writeAlbum(folder: string, format: string): Promise<string> {
  const album = `album.${format}`;
  if (format === 'wav') await writeFile(join(folder, album), wavOf(signal));
  else await cp(join(projectRoot, 'tests/fixtures/joins', `a.${format}`), join(folder, album));
  const tracks = parts.map((at, index) => ({ title: `Part ${index + 1}`, at }));
  const sheet = join(folder, `${album}.cue`);
  await writeFile(sheet, cueSheet(album, 'The band', { [album]: tracks }));
  return sheet;
}

/** @returns the titles that it went through, as the window was told of them */
async function playThrough(window: Page, path: string): Promise<readonly string[]> {
  const heard = await window.evaluateHandle(() => {
    const titles: string[] = [];
    globalThis.window.refrain.on('session.changed', (payload) => {
      const { status, now } = payload as SessionView;
      if (status === 'idle' || now === null || titles.at(-1) === now.track.title) return;
      titles.push(now.track.title);
    });
    return titles;
  });
  await beginToPlay(window, [path]);
  await untilOver(window);
  return heard.jsonValue();
}

async function titleOf(window: Page): Promise<string | null> {
  const { status, now } = await sessionOf(window);
  return status === 'idle' ? null : (now?.track.title ?? null);
}

/** Where the recording is not the signal, but for the rounding of 16 bits; −1: nowhere. */
function firstDifference(recording: Float32Array, wanted: Int16Array): number {
  return recording.findIndex(
    (sample, frame) => Math.abs(sample * 32_768 - (wanted[frame] ?? NaN)) > 1,
  );
}

/** How many samples too many, or too few, lie between what is just before a place and just behind. */
function joinError(recording: Float32Array, place: number): number {
  const frames = signalRate / 5;
  const reach = 6000;
  const [before, behind] = [place - frames, place].map((at) => {
    const found = find(signal.subarray(at, at + frames), recording, at - reach, at + reach);
    expect(found.likeness).toBeGreaterThan(0.7);
    return found.at - at;
  });
  return (behind ?? NaN) - (before ?? NaN);
}
