import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { defaultSoundSettings } from '../../shared/default-sound.ts';
import type { Settings } from '../../shared/settings.ts';
import type { EqualiserBand, SoundSettings } from '../../shared/sound-settings.ts';
import type { RunningApp } from '../support/app.ts';
import { askMain, expect, launchApp, playerOf, test } from '../support/app.ts';
import { joinSignal, signalRate, wavOf } from '../support/join-signal.ts';
import type { MasterTap } from '../support/master-tap.ts';
import { tapMaster } from '../support/master-tap.ts';
import { beginToPlay, positionOf, untilOver } from '../support/playing.ts';
import type { Turn } from '../support/rendered-effects.ts';
import { bringEffects, renderEffects } from '../support/rendered-effects.ts';
import {
  differences,
  toneOf,
  noise,
  loudness,
  sharpest,
  longestBelow,
  pitchOf,
} from '../support/sound-measures.ts';
import { forgetSound, tapSound, tappedSound } from '../support/sound-tap.ts';
import { truePeak } from '../support/true-peak.ts';

const sampleRate = 44_100;

test.describe('rendered offline, in one window', () => {
  test.describe.configure({ mode: 'serial' });
  let profile: string;
  let running: RunningApp;
  let window: Page;

  test.beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'refrain-effects-'));
    running = await launchApp(profile);
    window = running.window;
    await bringEffects(window);
  });

  test.afterAll(async () => {
    await running.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test('what is off leaves every sample as it is, in two channels and in six', async () => {
    for (const channels of [1, 2, 6]) {
      const planes = Array.from({ length: channels }, (_, channel) =>
        noise(sampleRate / 2, channel + 1),
      );
      const outputs = await renderEffects(window, {
        sampleRate,
        planes,
        outputs: channels,
        turns: [turn(0, {})],
      });
      expect(outputs.map(({ length }) => length)).toEqual(planes.map(({ length }) => length));
      expect(differences(outputs, planes)).toBe(0);
    }
  });

  test('turning all of it on and off while it sounds clicks nowhere and then leaves no trace', async () => {
    const tone = toneOf(440, 0.4, 3);
    const bent = { equalisers: { '': equaliser([peak(440, 4), peak(1000, -6)]) } };
    const [left = tone, right = tone] = await renderEffects(window, {
      sampleRate,
      planes: [tone, tone],
      outputs: 2,
      turns: [
        turn(0, {}),
        turn(0.4, bent, true),
        turn(0.7, { ...bent, balance: 0.5 }, true),
        turn(0.9, { equalisers: { '': equaliser([peak(500, -4), peak(1000, 6)]) } }, true),
        turn(1.2, { mono: true, balance: -0.3 }),
        turn(1.5, { mono: false, balance: -0.9 }),
        turn(1.8, {}),
      ],
    });
    for (const output of [left, right]) {
      // A tone of 440 Hz bends by 0.0016 a sample; a click, by far more.
      expect(sharpest(output)).toBeLessThan(0.006);
    }
    // No moment of it is silent: the peaks of each period follow each other.
    expect(longestBelow(right.subarray(100), 0.02)).toBeLessThan(sampleRate * 0.002);
    const after = Math.round(1.9 * sampleRate);
    expect(differences([left.subarray(after)], [tone.subarray(after)])).toBe(0);
  });

  test('the equaliser lifts and lowers as its curve says, and each output has its own', async () => {
    const settings: Partial<SoundSettings> = {
      equalisers: {
        '': equaliser([peak(1000, 6), { kind: 'lowShelf', hertz: 100, decibels: -8, q: 0.71 }], 0),
        headphones: equaliser([{ kind: 'highShelf', hertz: 2000, decibels: -6, q: 1.2 }], 0),
      },
    };
    const level = async (hertz: number, outputId: string) => {
      const tone = toneOf(hertz, 0.1, 0.5);
      const [output = tone] = await renderEffects(window, {
        sampleRate,
        planes: [tone],
        outputs: 2,
        turns: [turn(0, settings, true, outputId)],
      });
      return 20 * Math.log10(loudness(output.subarray(sampleRate / 4)) / loudness(tone));
    };
    expect(await level(1000, '')).toBeCloseTo(6, 1);
    expect(await level(30, '')).toBeCloseTo(-8, 0);
    expect(await level(15_000, '')).toBeCloseTo(0, 1);
    expect(await level(12_000, 'headphones')).toBeLessThan(-5.5);
    expect(await level(100, 'headphones')).toBeCloseTo(0, 0);
  });

  test('what is lifted over full scale stays at −1 dBTP, also between the samples', async () => {
    const hot = toneOf(11_025, 2, 1, Math.PI / 4);
    const lifted = { outputId: '', mayExceed: true };
    const [limited = hot] = await renderEffects(window, {
      sampleRate,
      planes: [hot],
      outputs: 2,
      turns: [{ ...turn(0, {}, true), circumstances: lifted }],
    });
    // The first moments are the way there.
    const heard = limited.subarray(sampleRate / 10);
    expect(truePeak(heard)).toBeLessThanOrEqual(10 ** (-1 / 20));
    expect(truePeak(heard)).toBeGreaterThan(0.7);
  });

  test('balance and mono treat one channel, two and six alike', async () => {
    const ears = async (planes: readonly Float32Array[], settings: Partial<SoundSettings>) => {
      const outputs = await renderEffects(window, {
        sampleRate,
        planes,
        outputs: 2,
        turns: [turn(0, settings)],
      });
      return outputs.map((output) => loudness(output.subarray(sampleRate / 10)) / loudness(tone));
    };
    const tone = toneOf(500, 0.2, 0.3);
    const silence = new Float32Array(tone.length);
    const close = (levels: readonly number[]) => levels.map((level) => Number(level.toFixed(2)));
    expect(close(await ears([tone], { balance: 0.5 }))).toEqual([0.5, 1]);
    expect(close(await ears([tone, tone], { balance: 0.5 }))).toEqual([0.5, 1]);
    expect(close(await ears([tone, tone], { balance: -1 }))).toEqual([1, 0]);
    expect(close(await ears([tone, silence], { mono: true }))).toEqual([0.5, 0.5]);
    expect(close(await ears([tone], { mono: true }))).toEqual([1, 1]);
    const front = [tone, silence, silence, silence, silence, silence];
    expect(close(await ears(front, { mono: true }))).toEqual([0.5, 0.5]);
  });
});

test.describe('in the player', () => {
  test('with all off the samples that reach the volume are those of the file', async ({
    launch,
    musicFolder,
  }) => {
    const { window } = await launch();
    await askMain(window, 'settings.change', { sound: { gainMode: 'off' } });
    const signal = joinSignal().subarray(0, 3 * signalRate);
    const heard = await hearWhole(window, async (tap) => {
      await playSamples(window, join(musicFolder, 'a.wav'), signal);
      await untilSilent(window, tap);
    });
    const wanted = Float32Array.from(signal, (sample) => sample / 32_768);
    const start = heard.findIndex((sample) => sample !== 0);
    const first = wanted.findIndex((sample) => sample !== 0);
    const played = heard.subarray(start, start + wanted.length - first);
    expect(played.length).toBe(wanted.length - first);
    expect(differences([played], [wanted.subarray(first)])).toBe(0);
  });

  test('turning the equaliser on and off does not click, and then it is gone', async ({
    launch,
    musicFolder,
  }) => {
    test.setTimeout(120_000);
    const { window } = await launch();
    await askMain(window, 'settings.change', { sound: { gainMode: 'off' } });
    const tone = Int16Array.from(toneOf(440, 0.4, 5), (sample) => Math.round(32_768 * sample));
    const bent = equaliser([peak(440, 6)], 0);
    const heard = await hearWhole(window, async (tap) => {
      await playSamples(window, join(musicFolder, 'tone.wav'), tone);
      await askMain(window, 'settings.change', { sound: { equalisers: { '': bent } } });
      await expect.poll(async () => Math.max(...(await tap.last(4000)))).toBeGreaterThan(0.7);
      await askMain(window, 'settings.change', { sound: { equalisers: {} } });
      await untilSilent(window, tap);
    });
    const end = heard.findLastIndex((sample) => sample !== 0) + 1;
    // Both ends are steps of their own.
    const inner = heard.subarray(heard.findIndex((sample) => sample !== 0) + 2, end - 1);
    expect(sharpest(inner)).toBeLessThan(0.01);
    const wanted = Float32Array.from(tone, (sample) => sample / 32_768);
    expect(differences([inner.subarray(-signalRate)], [wanted.subarray(-signalRate - 1, -1)])).toBe(
      0,
    );
  });
});

test('the equaliser is set by keyboard, by preset and by text, and stays', async ({ launch }) => {
  const first = await launch();
  const { window } = first;
  await playerOf(window).region.getByRole('button', { name: 'Sound', exact: true }).click();
  const bass = window.getByRole('slider', { name: '31 Hz', exact: true });
  await bass.press('ArrowUp');
  await bass.press('ArrowUp');
  await expect(bass).toHaveAttribute('aria-valuetext', '+1 dB');
  await expect(window.getByRole('checkbox', { name: 'Use the equaliser' })).toBeChecked();
  await expect.poll(async () => (await bandsOf(window))[0]?.decibels).toBe(1);

  await window.getByRole('button', { name: 'Own curve' }).click();
  await window.getByRole('menuitem', { name: 'Rock' }).click();
  await expect(window.getByRole('slider', { name: '16 kHz' })).toHaveValue('4');

  await window.getByRole('button', { name: 'Import or export' }).click();
  const text = window.getByRole('textbox', { name: 'Settings' });
  await expect(text).toHaveValue(/Filter 10: ON PK Fc 16000 Hz Gain 4 dB/);
  await text.fill('Preamp: -3 dB\nFilter 1: ON LSC Fc 105 Hz Gain 3 dB Q 0.70\nsomething else');
  await expect(window.getByText('Line 3 is left out')).toBeVisible();
  await window.getByRole('button', { name: 'Use these' }).click();
  await expect(window.getByRole('slider', { name: '105 Hz, Low shelf' })).toHaveValue('3');
  await first.quit();

  const { window: again } = await launch();
  expect(await bandsOf(again)).toEqual([{ kind: 'lowShelf', hertz: 105, decibels: 3, q: 0.7 }]);
});

test('at another speed a track lasts as long as it should, keeps its pitch and tells its own time', async ({
  launch,
  musicFolder,
}) => {
  const { window } = await launch();
  await tapSound(window);
  await forgetSound(window);
  await askMain(window, 'settings.change', { sound: { speed: 1.5, gainMode: 'off' } });
  const tone = Int16Array.from(toneOf(440, 0.5, 3), (sample) => Math.round(32_768 * sample));
  await playSamples(window, join(musicFolder, 'tone.wav'), tone);
  await untilOver(window);
  const { samples, gaps } = await tappedSound(window);
  expect(gaps).toEqual([]);
  expect(Math.abs(samples.length - tone.length / 1.5)).toBeLessThan(0.05 * signalRate);
  expect(pitchOf(samples.subarray(signalRate / 2, (3 * signalRate) / 2)) / 440).toBeCloseTo(1, 2);
});

test('changing the speed while it plays goes on at the same place', async ({
  launch,
  musicFolder,
}) => {
  const { window } = await launch();
  await tapSound(window);
  await askMain(window, 'settings.change', { sound: { gainMode: 'off' } });
  const seconds = 5;
  const tone = Int16Array.from(toneOf(440, 0.5, seconds), (sample) => Math.round(32_768 * sample));
  await playSamples(window, join(musicFolder, 'tone.wav'), tone);
  await expect.poll(() => positionOf(window)).toBeGreaterThan(1);
  await askMain(window, 'settings.change', { sound: { speed: 2 } });
  await untilOver(window);
  const { samples } = await tappedSound(window);
  // From 1 s on, or some moments later, the track takes half the time.
  const shortest = 1 + (seconds - 1) / 2 - 0.3;
  expect(samples.length / signalRate).toBeGreaterThan(shortest);
  expect(samples.length / signalRate).toBeLessThan(shortest + 1.5);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(loudest).toBeLessThan(0.65);
});

function turn(
  atSeconds: number,
  settings: Partial<SoundSettings>,
  limits = false,
  outputId = '',
): Turn {
  return {
    atSeconds,
    settings: { ...defaultSoundSettings, gainMode: 'off', ...settings },
    circumstances: { outputId, mayExceed: false },
    limits,
  };
}

function equaliser(bands: EqualiserBand[], preampDecibels: number | null = null) {
  return { on: true, preampDecibels, bands };
}

function peak(hertz: number, decibels: number): EqualiserBand {
  return { kind: 'peak', hertz, decibels, q: 1 };
}

/** Begins to play these samples as a file. */
async function playSamples(window: Page, path: string, samples: Int16Array): Promise<void> {
  await writeFile(path, wavOf(samples));
  await beginToPlay(window, [path]);
}

/** Plays again where the tap missed some of it, on a busy machine; a few times at most. */
async function hearWhole(
  window: Page,
  play: (tap: MasterTap) => Promise<void>,
): Promise<Float32Array> {
  const tap = await tapMaster(window);
  for (let tries = 0; tries < 6; tries += 1) {
    await tap.forget();
    await play(tap);
    const heard = await tap.read();
    if (heard !== null) return heard;
  }
  throw new Error('The window missed samples in every try.');
}

/** The tap comes a moment after the session. */
async function untilSilent(window: Page, tap: MasterTap): Promise<void> {
  await untilOver(window);
  await expect
    .poll(async () => (await tap.last(16_384)).every((sample) => sample === 0))
    .toBe(true);
}

async function bandsOf(window: Page): Promise<readonly EqualiserBand[]> {
  const { sound } = (await askMain(window, 'settings.get')) as Settings;
  return sound.equalisers['']?.bands ?? [];
}
