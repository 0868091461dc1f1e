import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLoudnessMeter } from '../../renderer/audio/loudness/loudness-meter.ts';
import { askMain, expect, playerOf, test } from '../support/app.ts';
import { wavOf } from '../support/join-signal.ts';
import { type MasterTap, tapMaster } from '../support/master-tap.ts';
import { beginToPlay } from '../support/playing.ts';
import { noise } from '../support/sound-measures.ts';
import { truePeak } from '../support/true-peak.ts';

const rate = 44_100;
const measuredSeconds = 4;
/** What music that is not measured is taken for, and what it is brought to once it is. */
const musicLufs = -18;

test('an ad that is 12 dB too hot is heard as loud as the music before it', async ({
  launch,
  musicFolder,
  profile,
}) => {
  const paths = await Promise.all(
    ['one', 'two'].map(async (name, index) => {
      const path = join(musicFolder, `${name}.wav`);
      await writeFile(path, noiseWav(musicLufs, 45, index + 1));
      return path;
    }),
  );
  await writeFile(join(profile, 'hot.wav'), noiseWav(musicLufs + 12, 15, 9));
  const vast = join(profile, 'hot.xml');
  await writeFile(vast, vastOf('hot.wav', 15));

  const { window } = await launch('--qa-tier=free', `--qa-ads=${vast}`);
  const master = await tapMaster(window);
  await beginToPlay(window, paths);
  await askMain(window, 'qa.moveClock', { minutes: 16 });
  await askMain(window, 'session.seek', { seconds: 30 });
  await expect.poll(playerOf(window).position, { timeout: 20_000 }).toBeGreaterThan(38);
  const music = await lastOf(master);

  const adBreak = window.getByRole('region', { name: 'Ad break' });
  await expect(adBreak).toContainText('Hot Ltd', { timeout: 20_000 });
  // Of fifteen seconds: by then the last four are the ad's.
  await expect(adBreak.getByRole('timer')).toContainText(/ 0:0[1-7]/, { timeout: 20_000 });
  const ad = await lastOf(master);

  const louder = lufsOf(ad) - lufsOf(music);
  expect(louder).toBeLessThanOrEqual(0.5);
  // Taken for as loud as ads get it would be far quieter than it may be: it was measured.
  expect(louder).toBeGreaterThan(-0.5);
  expect(20 * Math.log10(truePeak(ad.slice(-rate)))).toBeLessThanOrEqual(-1);
});

function lastOf(master: MasterTap): Promise<Float32Array> {
  return master.last(measuredSeconds * rate);
}

function lufsOf(samples: Float32Array): number {
  const meter = createLoudnessMeter(rate, 1);
  meter.push([samples]);
  return meter.integrated() ?? NaN;
}

function noiseWav(lufs: number, seconds: number, seed: number): Buffer {
  const full = noise(seconds * rate, seed);
  const level = 10 ** ((lufs - lufsOf(full)) / 20);
  return wavOf(
    full.map((sample) => sample * level * 32_767),
    rate,
  );
}

function vastOf(file: string, seconds: number): string {
  return `<VAST version="4.2"><Ad id="hot" adType="audio"><InLine>
    <AdSystem>Test</AdSystem><Impression>https://ads.invalid/</Impression>
    <AdServingId>hot</AdServingId><AdTitle>Hot</AdTitle><Advertiser>Hot Ltd</Advertiser>
    <Creatives><Creative><UniversalAdId idRegistry="test">hot</UniversalAdId><Linear>
      <Duration>00:00:${seconds}</Duration><MediaFiles>
        <MediaFile delivery="progressive" type="audio/wav" width="0" height="0">${file}</MediaFile>
      </MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
}
