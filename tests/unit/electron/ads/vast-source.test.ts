import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMediaStore } from '../../../../electron/ads/media-store.ts';
import type { AdSource } from '../../../../electron/ads/prepare-break.ts';
import type { VastAd } from '../../../../electron/ads/vast-ad.ts';
import { rootAt } from '../../../../electron/ads/vast-root.ts';
import { createVastSource } from '../../../../electron/ads/vast-source.ts';
import type { AdServer } from '../../../support/ad-server.ts';
import {
  mediaFailures,
  startAdServer,
  vastFailures,
  vastFixtures,
} from '../../../support/ad-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { toneWav } from '../../../support/tone.ts';

const request = { maxSpots: 2, maxSeconds: 60, genre: '', musicLoudnessLufs: null };
let server: AdServer;

beforeEach(async () => {
  const started = await startAdServer();
  server = started;
  return () => started.close();
});

async function sourceOf(location: string, folder?: string) {
  const store = createMediaStore();
  const cacheFolder = folder ?? (await temporaryFolder());
  const source = createVastSource({
    root: rootAt(location),
    cacheFolder,
    store,
    reach: 'any',
    post: () => undefined,
    now: () => 0,
  });
  return { store, cacheFolder, source };
}

async function firstOffer(source: AdSource<VastAd>): Promise<VastAd> {
  const [offer] = await source.decide(request, patient());
  if (offer === undefined) throw new Error('There is an ad in the fixture');
  return offer;
}

/** Real time, but short: what is slow in these tests never ends. */
function soon() {
  return AbortSignal.timeout(300);
}

const patient = () => new AbortController().signal;

describe('ads from a VAST server', () => {
  it('are read with all that the player shows and needs', async () => {
    const { source, store } = await sourceOf(server.vastUrl('inline-audio.xml'));
    const offer = await firstOffer(source);
    const ad = await source.fetch(offer, patient());
    expect(ad).toMatchObject({
      advertiser: 'Shoes & Sons',
      title: 'Run further',
      house: false,
      format: 'wav',
      seconds: 10,
      clickThrough: 'https://shoes.example/offer',
      skipAfterSeconds: 5,
      companion: { alt: 'A pair of red shoes' },
    });
    const sound = store.find(ad.mediaId);
    expect(await readFile(sound?.path ?? '')).toEqual(toneWav(10));
    expect(store.find(ad.companion?.imageId ?? '')).toMatchObject({ format: 'png' });
  });

  it('are found behind a wrapper', async () => {
    const { source } = await sourceOf(server.vastUrl('wrapper.xml'));
    expect((await source.decide(request, patient())).map(({ title }) => title)).toEqual([
      'Run further',
    ]);
    expect(server.asked()).toEqual(['/wrapper.xml', '/inline-audio.xml']);
  });

  it('keep the order of their pod', async () => {
    const { source } = await sourceOf(server.vastUrl('pod.xml'));
    const titles = (await source.decide(request, patient())).map(({ title }) => title);
    expect(titles).toEqual(['Run further', 'Walk further', 'Sit down', 'Get up']);
  });

  it.each(['no-ad.xml', 'wrong-media-type.xml'])(
    'are none in %s, which is no failure',
    async (fixture) => {
      const { source } = await sourceOf(server.vastUrl(fixture));
      expect(await source.decide(request, patient())).toEqual([]);
    },
  );

  it.each(['malformed.xml', 'doctype.xml'])('are refused in %s', async (fixture) => {
    const { source } = await sourceOf(server.vastUrl(fixture));
    await expect(source.decide(request, patient())).rejects.toBeInstanceOf(Error);
  });

  it('end a loop of wrappers after five', async () => {
    const { source } = await sourceOf(server.vastUrl('wrapper-loop.xml'));
    expect(await source.decide(request, patient())).toEqual([]);
    expect(server.asked()).toHaveLength(5);
  });

  it.each(vastFailures)('fail cleanly when the server answers with %s', async (failure) => {
    server.failVast(failure);
    const { source } = await sourceOf(server.vastUrl('inline-audio.xml'));
    await expect(source.decide(request, soon())).rejects.toBeInstanceOf(Error);
  });

  it.each(mediaFailures)(
    'fail cleanly when the sound is %s, and leave no file',
    async (failure) => {
      const { source, cacheFolder } = await sourceOf(server.vastUrl('pod.xml'));
      const offer = await firstOffer(source);
      server.failMedia(failure);
      await expect(source.fetch(offer, soon())).rejects.toBeInstanceOf(Error);
      expect(await readdir(cacheFolder)).toEqual([]);
    },
  );

  it('are no longer than a break: what is says so before it is measured', async () => {
    server.setSpotSeconds(61);
    const { source, cacheFolder } = await sourceOf(server.vastUrl('inline-audio.xml'));
    const offer = await firstOffer(source);
    await expect(source.fetch(offer, patient())).rejects.toMatchObject({ code: 202 });
    expect((await readdir(cacheFolder)).filter((name) => name.endsWith('.wav'))).toEqual([]);
  });

  it('ask for a bounded number of beacons of places, however many they name', async () => {
    const folder = await temporaryFolder();
    const text = await readFile(join(vastFixtures, 'inline-audio.xml'), 'utf8');
    const places = Array.from(
      { length: 50 },
      (_, second) =>
        `<Tracking event="progress" offset="00:00:${String(second).padStart(2, '0')}">https://ads.example/${second}</Tracking>`,
    );
    const events = `<TrackingEvents>${places.join('')}</TrackingEvents><MediaFiles>`;
    await writeFile(join(folder, 'ads.xml'), text.replace('<MediaFiles>', events));
    const { source } = await sourceOf(join(folder, 'ads.xml'));
    expect((await firstOffer(source)).tracking.progress).toHaveLength(20);
  });

  it('have the length of their sound, whatever the server says of it', async () => {
    server.setSpotSeconds(25);
    const { source } = await sourceOf(server.vastUrl('inline-audio.xml'));
    const offer = await firstOffer(source);
    expect(await source.fetch(offer, patient())).toMatchObject({ seconds: 25 });
  });
});

describe('ads from a VAST file', () => {
  it('take their media from beside the file', async () => {
    const folder = await temporaryFolder();
    await copyFile(join(vastFixtures, 'inline-audio.xml'), join(folder, 'ads.xml'));
    await writeFile(join(folder, 'spot.wav'), toneWav(3));
    const { source } = await sourceOf(join(folder, 'ads.xml'));
    const offer = await firstOffer(source);
    expect(await source.fetch(offer, patient())).toMatchObject({ seconds: 3, companion: null });
  });

  it('go without a picture that would unpack to more than a window holds', async () => {
    const folder = await temporaryFolder();
    await copyFile(join(vastFixtures, 'inline-audio.xml'), join(folder, 'ads.xml'));
    await writeFile(join(folder, 'spot.wav'), toneWav(3));
    const { source } = await sourceOf(join(folder, 'ads.xml'));
    const offer = await firstOffer(source);
    for (const [width, isTaken] of [
      [4000, true],
      [4001, false],
    ] as const) {
      const image = sharp({ create: { width, height: 1, channels: 3, background: '#a05' } });
      await writeFile(join(folder, 'companion.png'), await image.png().toBuffer());
      const { companion } = await source.fetch(offer, patient());
      expect(companion !== null).toBe(isTaken);
    }
  });

  it('take none from outside its folder', async () => {
    const outer = await temporaryFolder();
    const folder = join(outer, 'ads');
    await mkdir(folder);
    await writeFile(join(outer, 'secret.wav'), toneWav(3));
    await copyFile(join(vastFixtures, 'outside-file.xml'), join(folder, 'ads.xml'));
    const { source } = await sourceOf(join(folder, 'ads.xml'));
    const offers = await source.decide(request, patient());
    expect(offers).toHaveLength(2);
    for (const offer of offers) {
      await expect(source.fetch(offer, patient())).rejects.toBeInstanceOf(Error);
    }
  });

  it('clear the cache of an earlier run, and only that', async () => {
    const cacheFolder = await temporaryFolder();
    const stranger = join(cacheFolder, 'holiday.wav');
    await writeFile(stranger, toneWav(1));
    await writeFile(join(cacheFolder, `${'a'.repeat(64)}.wav`), toneWav(1));
    const { source } = await sourceOf(server.vastUrl('inline-audio.xml'), cacheFolder);
    const offer = await firstOffer(source);
    const { mediaId, companion } = await source.fetch(offer, patient());
    const kept = [`${mediaId}.wav`, `${companion?.imageId ?? ''}.png`, basename(stranger)];
    expect((await readdir(cacheFolder)).toSorted()).toEqual(kept.toSorted());
  });
});
