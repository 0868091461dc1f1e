import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BeaconOutboxParts } from '../../../../electron/ads/beacon-outbox.ts';
import type { Beacon } from '../../../../electron/ads/tracking.ts';
import { type AdServer, beaconFailures } from '../../../support/ad-server.ts';
import { openAdServer, openOutbox } from '../../../support/ads-rig.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const noon = Date.parse('2026-11-22T12:00:00Z');

describe('beacons to others', () => {
  it('arrive once each and in their order, with nothing that tells who listens', async () => {
    const server = await openAdServer();
    const { outbox } = await openOutbox();
    const events = ['impression', 'start', 'firstQuartile', 'complete'];
    for (const event of events) outbox.post(toOthers(server, event));
    for (const event of events) outbox.post(toOthers(server, event));
    await outbox.tick();
    expect(server.beacons()).toEqual(events.map((event) => `${event}/tea`));
    for (const { method, headers, body } of server.requests()) {
      expect({ method, body }).toEqual({ method: 'GET', body: '' });
      expect(Object.keys(headers).toSorted()).toEqual([
        'accept',
        'connection',
        'host',
        'user-agent',
      ]);
    }
    expect(await outbox.view()).toMatchObject({ sent: 4, waiting: 0, dropped: 0 });
  });

  it.each(beaconFailures.filter((failure) => failure !== 'slow-head'))(
    'are not sent again when they may have arrived: %s',
    async (failure) => {
      const server = await openAdServer();
      const { outbox, time, settled } = await openOutbox();
      server.failBeacons(failure);
      outbox.post(toOthers(server, 'impression'));
      await outbox.tick();
      server.failBeacons(null);
      time.now += minute;
      await outbox.tick();
      expect(server.beacons()).toEqual(['impression/tea']);
      expect(await outbox.view()).toMatchObject({ sent: 0, waiting: 0, dropped: 1 });
      expect(settled).toEqual([true]);
    },
  );

  it('wait for a server that can’t be reached, for a quarter of an hour and no longer', async () => {
    const away = await openAdServer();
    await away.close();
    const { outbox, time } = await openOutbox();
    outbox.post(toOthers(away, 'impression'));
    await outbox.tick();
    expect(await outbox.view()).toMatchObject({ waiting: 1, dropped: 0 });
    time.now += 14 * minute;
    await outbox.tick();
    expect(await outbox.view()).toMatchObject({ waiting: 1, dropped: 0 });
    time.now += 2 * minute;
    await outbox.tick();
    expect(await outbox.view()).toMatchObject({ waiting: 0, dropped: 1 });
  });

  it('are too late by either clock: a machine that slept has a monotonic clock that slept', async () => {
    const server = await openAdServer();
    const { outbox, store, time } = await openOutbox();
    for (const [event, jump] of [
      ['impression', { now: 16 * minute, monotonic: 0 }],
      ['complete', { now: -day, monotonic: 16 * minute }],
    ] as const) {
      // As if it had been written down while no connection was to be had.
      outbox.post({ ...toOthers(server, event), addresses: ['http://refused.invalid:1/'] });
      await outbox.tick();
      time.now += jump.now;
      time.monotonic += jump.monotonic;
      await outbox.tick();
    }
    expect(store.view()).toMatchObject({ sent: 0, waiting: 0, dropped: 2 });
  });

  it('never reach into the listener’s own network', async () => {
    const server = await openAdServer();
    const { outbox } = await openOutbox({ reach: 'public' });
    outbox.post(toOthers(server, 'impression'));
    const byName = server.origin.replace('127.0.0.1', 'localhost');
    outbox.post({ ...toOthers(server, 'start'), addresses: [`${byName}/beacons/start`] });
    outbox.post({ ...toOthers(server, 'complete'), addresses: ['file:///etc/hostname', 'no'] });
    await outbox.tick();
    expect(server.requests()).toEqual([]);
    expect(await outbox.view()).toMatchObject({ sent: 0, waiting: 0, dropped: 4 });
  });
});

describe('beacons to our own service', () => {
  it.each(beaconFailures.filter((failure) => !['slow-head', 'refused'].includes(failure)))(
    'are sent until they are answered, under one key: %s',
    async (failure) => {
      const server = await openAdServer();
      const { outbox, time } = await openOutbox(serviceOf(server));
      server.failBeacons(failure);
      outbox.post(toOwn(server, 'impression'));
      await outbox.tick();
      time.now += minute;
      await outbox.tick();
      server.failBeacons(null);
      time.now += 20 * minute;
      await outbox.tick();
      await outbox.tick();
      const sent = server.requests();
      expect(sent).toHaveLength(3);
      expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      expect(sent.map(({ body }) => JSON.parse(body) as unknown)).toEqual(
        [false, false, true].map((late) => ({
          at: '2026-11-22T12:00:00.000Z',
          heardSeconds: 0,
          late,
        })),
      );
      expect(await outbox.view()).toMatchObject({ sent: 1, waiting: 0, dropped: 0 });
    },
  );

  it('go to the service’s beacons alone: an ad’s dots don’t lead elsewhere as if we asked', async () => {
    const server = await openAdServer();
    const { outbox } = await openOutbox(serviceOf(server));
    const addresses = [
      `${server.origin}/v1/beacons/../metrics`,
      `${server.origin}/v1/beacons/%2e%2e/metrics`,
    ];
    outbox.post({ ...blank, event: 'start', addresses });
    await outbox.tick();
    for (const { method, path, body } of server.requests()) {
      expect({ method, path, body }).toEqual({ method: 'GET', path: '/v1/metrics', body: '' });
    }
    expect(server.requests()).toHaveLength(2);
  });

  it('are given up when the service refuses them', async () => {
    const server = await openAdServer();
    const { outbox } = await openOutbox(serviceOf(server));
    server.failBeacons('refused');
    outbox.post({ ...toOwn(server, 'error'), code: 405 });
    await outbox.tick();
    expect(await outbox.view()).toMatchObject({ waiting: 0, dropped: 1 });
    expect(server.requests()[0]?.body).toContain('"code":405');
  });

  it('outlast two days without a network and a restart, and not eight', async () => {
    const server = await openAdServer();
    const offline = { origin: server.origin, fetch: () => Promise.reject(new Error('Offline')) };
    const first = await openOutbox({ service: offline });
    first.outbox.post(toOwn(server, 'impression'));
    first.outbox.post(toOwn(server, 'complete'));
    await first.outbox.tick();
    await first.outbox.close();
    const now = (): number => noon + 2 * day;
    const { outbox } = await openOutbox({ ...serviceOf(server), folder: first.folder, now });
    await outbox.tick();
    expect(server.beacons()).toEqual(['/v1/beacons/tea/impression', '/v1/beacons/tea/complete']);
    expect(server.requests().every(({ body }) => body.includes('"late":true'))).toBe(true);

    const other = await openOutbox({ service: offline });
    other.outbox.post(toOwn(server, 'impression'));
    await other.outbox.tick();
    other.time.now += 8 * day;
    other.time.monotonic += 8 * day;
    await other.outbox.tick();
    expect(await other.outbox.view()).toMatchObject({ waiting: 0, dropped: 1 });
  });

  it('are lost by no clock that is put forward or back while the app runs', async () => {
    const server = await openAdServer();
    const { outbox, time } = await openOutbox(serviceOf(server));
    for (const [event, jump] of [
      ['impression', 400 * day],
      ['complete', -800 * day],
    ] as const) {
      server.failBeacons('server-error');
      outbox.post({ ...toOwn(server, event), at: time.now });
      await outbox.tick();
      time.now += jump;
      server.failBeacons(null);
      await outbox.tick();
    }
    expect(await outbox.view()).toMatchObject({ sent: 2, waiting: 0, dropped: 0 });
  });
});

describe('the outbox', () => {
  it('killed at any point and started again sends to others at most once, to us under one key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 16 }), fc.boolean(), async (calls, before) => {
        const server = await openAdServer();
        const { service } = serviceOf(server);
        const first = await openOutbox({ service, killedAfter: { calls, before } });
        const events = ['impression', 'start', 'complete'];
        for (const event of events) {
          first.outbox.post(toOthers(server, event));
          first.outbox.post({ ...toOwn(server, event), serving: 'own' });
        }
        await first.outbox.tick();
        await first.outbox.close();
        const second = await openOutbox({ service, folder: first.folder });
        // What the same pod would tell if it were told again.
        for (const event of events) second.outbox.post(toOthers(server, event));
        await second.outbox.tick();
        second.time.now += 10 * minute;
        await second.outbox.tick();

        const { sent, waiting, dropped } = await second.outbox.view();
        const pixels = server.requests().filter(({ method }) => method === 'GET');
        expect(new Set(pixels.map(({ path }) => path)).size).toBe(pixels.length);
        const own = server.requests().filter(({ method }) => method === 'POST');
        const keys = new Set(own.map(({ headers }) => headers['idempotency-key']));
        expect(keys.size).toBe(new Set(own.map(({ path }) => path)).size);
        expect(waiting).toBe(0);
        // Whatever was written down has come to its end; only pixels on their way may be lost.
        expect(sent + dropped).toBe(events.length + keys.size);
        expect(dropped).toBeLessThanOrEqual(1);
        expect(pixels.length).toBeGreaterThanOrEqual(events.length - dropped);
        await second.outbox.close();
      }),
      { numRuns: 25 },
    );
  });

  it('sends nothing twice while it is on its way, whatever fails beside it', async () => {
    const asked: string[] = [];
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const origin = 'https://own.example';
    const { outbox, store } = await openOutbox({
      service: {
        origin,
        fetch: async ({ url }) => {
          asked.push(url);
          if (url.endsWith('held')) await held;
          return new Response(null, { status: 204 });
        },
      },
      settled: () => {
        throw new Error('Nobody takes note of it');
      },
    });
    const addresses = ['first', 'held'].map((name) => `${origin}/v1/beacons/${name}`);
    for (const address of addresses) {
      store.write({ ...blank, serving: address, addresses: [address] }, origin);
    }
    const ticks = [outbox.tick(), outbox.tick()];
    await expect.poll(async () => (await outbox.view()).sent).toBe(1);
    // Time enough for another pass.
    await outbox.view();
    await outbox.view();
    letGo();
    await Promise.all(ticks);
    expect(asked).toEqual(addresses);
  });

  it('keeps a bounded number, ours before those of others, and counts what it drops', async () => {
    const { store } = await openOutbox();
    const own = 'https://own.example/v1/beacons/';
    const addresses = (count: number, base: string): readonly string[] =>
      Array.from({ length: count }, (_, index) => `${base}${index}`);
    store.write({ ...blank, addresses: addresses(1500, 'https://ads.example/') }, own);
    store.write({ ...blank, serving: 'own', addresses: addresses(600, own) }, own);
    expect(store.view()).toMatchObject({ waiting: 2000, dropped: 100 });
    expect(store.due(noon, 10).map((row) => row.own)).toEqual([0, 1]);
    expect(store.view().recent).toHaveLength(50);
  });
});

const blank: Beacon = {
  serving: 'tea',
  event: 'impression',
  addresses: [],
  at: noon,
  heardSeconds: 0,
  code: null,
};

function toOthers({ origin }: AdServer, event: string): Beacon {
  return { ...blank, event, addresses: [`${origin}/beacons/${event}/tea`] };
}

function toOwn({ origin }: AdServer, event: string): Beacon {
  return { ...blank, event, addresses: [`${origin}/v1/beacons/tea/${event}?sig=abc`] };
}

function serviceOf({ origin }: AdServer): { readonly service: BeaconOutboxParts['service'] } {
  return { service: { origin, fetch } };
}
