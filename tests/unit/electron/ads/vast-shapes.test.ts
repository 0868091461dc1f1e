import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMediaStore } from '../../../../electron/ads/media-store.ts';
import type { Beacon } from '../../../../electron/ads/tracking.ts';
import type { VastAd } from '../../../../electron/ads/vast-ad.ts';
import { rootAt } from '../../../../electron/ads/vast-root.ts';
import { createVastSource } from '../../../../electron/ads/vast-source.ts';
import { type MediaFailure, vastFixtures } from '../../../support/ad-server.ts';
import { openAdServer } from '../../../support/ads-rig.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** What comes of each shape: the ads in their order, and who is told of which error. */
const shapes: Readonly<
  Record<
    string,
    {
      readonly ads: readonly string[];
      readonly errors?: Readonly<Record<string, number>>;
      readonly fails?: true;
    }
  >
> = {
  'break.xml': { ads: ['Sit down', 'Second'] },
  'buffet.xml': { ads: ['First', 'Second', 'Spare', 'Reserve'] },
  'category.xml': { ads: ['Drive'] },
  'companion-missing.xml': { ads: ['Listen'] },
  'companion-page.xml': { ads: ['Read this'] },
  'companions.xml': { ads: ['Look at this'] },
  'doctype.xml': { ads: [], fails: true },
  'expired.xml': { ads: ['Too late'] },
  'extras.xml': { ads: ['Everything'] },
  'inline-audio.xml': { ads: ['Run further'] },
  'malformed.xml': { ads: [], fails: true },
  'no-ad-error.xml': { ads: [], errors: { 'no-ad': 303 } },
  'no-ad.xml': { ads: [] },
  'nonlinear.xml': { ads: [], errors: { 'error/banner': 201 } },
  'not-vast.xml': { ads: [], fails: true },
  'outside-file.xml': { ads: ['Yours', 'Ours'] },
  'pod.xml': { ads: ['Run further', 'Walk further', 'Sit down', 'Get up'] },
  'service.xml': { ads: ['From our own'] },
  'skip-percent.xml': { ads: ['Skip me'] },
  'streaming.xml': { ads: [], errors: { 'error/stream': 403 } },
  'tracked-audio.xml': { ads: ['Sit down'] },
  'version-1.xml': { ads: [], fails: true },
  'version-2.xml': { ads: ['From before'] },
  'video.xml': { ads: [], errors: { 'error/film': 200 } },
  'wrapper-blocked.xml': { ads: [], errors: { 'error/careful': 205, 'error/car': 205 } },
  'wrapper-chain.xml': { ads: ['Sit down'] },
  'wrapper-loop.xml': { ads: [], errors: { 'error/loop': 302 } },
  'wrapper-malformed.xml': { ads: [], errors: { 'error/around': 100 } },
  'wrapper-middle.xml': { ads: ['Sit down'] },
  'wrapper-missing.xml': { ads: [], errors: { 'error/around': 301 } },
  'wrapper-no-ad.xml': { ads: [], errors: { 'error/around': 303, 'no-ad': 303 } },
  'wrapper-old.xml': { ads: [], errors: { 'error/around': 102 } },
  'wrapper-other-list.xml': { ads: ['Drive'] },
  'wrapper-page.xml': { ads: [], errors: { 'error/around': 101 } },
  'wrapper-pod.xml': { ads: ['Run further', 'Walk further', 'Sit down', 'Get up'] },
  'wrapper-single.xml': { ads: [], errors: { 'error/single': 303 } },
  'wrapper-strict.xml': { ads: [], errors: { 'error/strict': 300, 'error/outer': 300 } },
  'wrapper.xml': { ads: ['Run further'] },
  'wrong-media-type.xml': { ads: [] },
};

const request = { maxSpots: 2, maxSeconds: 60, genre: '', musicLoudnessLufs: null };
const signal = new AbortController().signal;

beforeAll(async () => {
  await import('@dailymotion/vast-client');
});

describe('a VAST response', () => {
  it('of every shape in the fixtures has its line in the table', () => {
    expect(Object.keys(shapes).toSorted()).toEqual(readdirSync(vastFixtures).toSorted());
  });

  it.each(Object.entries(shapes))('of the shape %s', async (fixture, { ads, errors, fails }) => {
    const { source, told } = await open(fixture);
    const decision = source.decide(request, signal);
    if (fails) return expect(decision).rejects.toBeInstanceOf(Error);
    expect((await decision).map(({ title }) => title)).toEqual(ads);
    expect(told()).toEqual(errors ?? {});
  });

  it('tells everybody in a chain of wrappers of every event, each where it wants it', async () => {
    const { first } = await decided('wrapper-chain.xml');
    const { addresses, progress, serving, companionFault } = first.tracking;
    expect(serving).toMatch(/^serving-tea/);
    expect(companionFault).toBe(null);
    expect(pathsOf(addresses)).toMatchObject({
      impression: ['impression/outer', 'impression/middle', 'impression/tea'],
      start: ['start/outer', 'start/tea'],
      complete: ['complete/middle', 'complete/tea'],
      clickThrough: ['click/outer', 'click/tea'],
      companionView: ['companion-view/tea', 'companion-view/middle'],
      companionClick: ['companion-click/tea', 'companion-click/middle'],
      verificationNotExecuted: ['unverified/tea'],
      viewUndetermined: ['undetermined/tea'],
      error: ['error/outer', 'error/middle', 'error/tea'],
      notUsed: ['notUsed/tea'],
    });
    expect(progress).toMatchObject([
      { offset: 3, unit: 'seconds' },
      { offset: 3, unit: 'seconds' },
      { offset: 50, unit: 'percent' },
    ]);
    expect(first).toMatchObject({
      skipAfterSeconds: 3,
      seconds: 10,
      clickThrough: 'https://tea.example/offer',
      companion: { alt: 'A cup of tea' },
    });
  });

  it('gives the finest sound that isn’t needlessly large, and what it may be chosen by', async () => {
    const { first } = await decided('extras.xml');
    expect(first).toMatchObject({
      categories: ['kitchen'],
      genres: ['jazz'],
      lastsSeconds: 600,
      campaign: 'rich',
    });
    expect(first.media).toMatch(/\/spot\.mp3\?192$/);
    expect(first.tracking.macros['UNIVERSALADID']).toBe(
      'ad-id.example CNPA0484000H,clock.example AAA/BBBB123/030',
    );
  });

  it('may be skipped after a part of its length', async () => {
    const { first } = await decided('skip-percent.xml');
    expect(first.skipAfterSeconds).toBe(5);
  });

  it('of an older version names its serving by itself', async () => {
    const { first } = await decided('version-2.xml');
    expect(first.tracking.serving).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.advertiser).toBe('Old ads');
  });

  it('shows a still picture alone, and says when there is none to show', async () => {
    const { first, source } = await decided('companions.xml');
    expect(first.companion).toMatchObject({ alt: 'A painting' });
    expect((await source.fetch(first, signal)).tracking?.companionFault).toBe(null);
    const page = await decided('companion-page.xml');
    expect(page.first.tracking.companionFault).toBe(604);
    const missing = await decided('companion-missing.xml');
    const ad = await missing.source.fetch(missing.first, signal);
    expect(ad).toMatchObject({ companion: null, tracking: { companionFault: 603 } });
  });

  it('tells of media that can’t be had by what went wrong, once', async () => {
    const server = await openAdServer();
    const codeOf = async (failure: MediaFailure, deadline = signal) => {
      const { source, told } = await open('tracked-audio.xml', server);
      const [first] = await source.decide(request, signal);
      if (first === undefined) throw new Error('There is an ad in the fixture');
      server.failMedia(failure);
      await expect(source.fetch(first, deadline)).rejects.toBeInstanceOf(Error);
      return told()['error/tea'];
    };
    expect(await codeOf('missing')).toBe(401);
    expect(await codeOf('slow-body', AbortSignal.timeout(300))).toBe(402);
    expect(await codeOf('not-sound')).toBe(405);
    expect(await codeOf('hang-up')).toBe(400);
    expect(await codeOf('huge')).toBe(400);
  });

  it('writes nothing any more once its media can’t be had', async () => {
    const server = await openAdServer();
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const { source, cacheFolder } = await open('tracked-audio.xml', server);
      const [first] = await source.decide(request, signal);
      if (first === undefined) throw new Error('There is an ad in the fixture');
      server.failMedia('missing');
      await expect(source.fetch(first, signal)).rejects.toBeInstanceOf(Error);
      const kept = await readdir(cacheFolder);
      // Time enough for a picture to come and be written.
      await source.decide(request, signal);
      expect(await readdir(cacheFolder)).toEqual(kept);
    }
  });
});

async function open(fixture: string, given?: Awaited<ReturnType<typeof openAdServer>>) {
  const server = given ?? (await openAdServer());
  const posted: Beacon[] = [];
  const cacheFolder = await temporaryFolder();
  const source = createVastSource({
    root: rootAt(server.vastUrl(fixture)),
    cacheFolder,
    store: createMediaStore(),
    reach: 'any',
    post: (beacon) => posted.push(beacon),
    now: () => 0,
  });
  /** Codes by address; an address that was told twice is an error. */
  const told = (): Record<string, number> => {
    const codes: Record<string, number> = {};
    for (const { addresses, code } of posted) {
      for (const address of addresses) {
        const path = pathOf(address);
        expect(codes).not.toHaveProperty([path]);
        codes[path] = Number(new URL(address).searchParams.get('code') ?? code);
      }
    }
    return codes;
  };
  return { source, told, cacheFolder };
}

async function decided(fixture: string) {
  const { source } = await open(fixture);
  const [first] = await source.decide(request, signal);
  if (first === undefined) throw new Error('There is an ad in the fixture');
  return { source, first };
}

function pathsOf(addresses: VastAd['tracking']['addresses']) {
  return Object.fromEntries(
    Object.entries(addresses).map(([event, those]) => [event, those.map(pathOf)]),
  );
}

function pathOf(address: string): string {
  return new URL(address).pathname.replace('/beacons/', '');
}
