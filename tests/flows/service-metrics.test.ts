import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsBatches } from '../../service/metrics/tables.ts';
import { newEvent, openTestJournal } from '../support/journal-rig.ts';
import { type ServiceRig, openServiceRig, rigStart } from '../support/service-rig.ts';

describe('what listeners chose to send', () => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig();
  }, 60_000);
  afterAll(() => rig.close());

  it('is taken as the app makes it, once, with nothing that says whose it is', async () => {
    const { store } = await openTestJournal(rigStart);
    store.events.setLevel(2);
    store.events.record([
      newEvent('music.heard', rigStart, { seconds: 300 }),
      newEvent('track.liked', rigStart, {}),
      newEvent('session.ended', rigStart, { heardSeconds: 300, secondsSinceBreak: null }),
    ]);
    const bodies = store.events.dueBatches('0.1.0').map(({ body }) => JSON.parse(body) as unknown);
    expect(bodies).toHaveLength(1);
    for (const body of [...bodies, ...bodies]) {
      expect(await rig.ask('POST', '/v1/metrics', { body })).toMatchObject({ status: 204 });
    }
    const kept = await rig.parts.store.db.select().from(metricsBatches);
    expect(kept).toMatchObject([{ level: 2, receivedAt: new Date(rigStart), batch: bodies[0] }]);
    expect(Object.keys(kept[0] ?? {})).toEqual(['id', 'receivedAt', 'level', 'batch']);
  });

  it('is taken so often from one network in a quarter of an hour, and then asked for later', async () => {
    const post = (address: string) =>
      rig.ask('POST', '/v1/metrics', {
        body: { id: randomUUID(), level: 1, app: '0.1.0', counts: [], events: [] },
        headers: { 'x-refrain-client-address': address },
      });
    const statuses: number[] = [];
    // Each from an address of its own, as anybody with IPv6 may.
    for (let count = 1; count <= 121; count += 1) {
      statuses.push((await post(`2001:db8:7:7::${count.toString(16)}`)).status);
    }
    expect(statuses).toEqual([...Array<number>(120).fill(204), 429]);
    expect(await post('2001:db8:7:7::1')).toMatchObject({ body: { code: 'too_many' } });
    expect(await post('2001:db8:7:8::1')).toMatchObject({ status: 204 });
    rig.clock.now += 15 * 60_000;
    expect(await post('2001:db8:7:7::1')).toMatchObject({ status: 204 });
  });

  it('is let go of after 400 days', async () => {
    const body = { level: 1, app: '0.1.0', counts: [], events: [] };
    await rig.ask('POST', '/v1/metrics', { body: { ...body, id: randomUUID() } });
    rig.clock.now += 400 * 86_400_000 + 1;
    const id = randomUUID();
    await rig.ask('POST', '/v1/metrics', { body: { ...body, id } });
    expect(await rig.parts.store.db.select().from(metricsBatches)).toMatchObject([{ id }]);
  });

  it.each([
    { level: 3 },
    { app: 'a\0b' },
    {
      events: [
        {
          ...{
            id: randomUUID(),
            source: 'urn:refrain:a',
            type: 'a.b',
            time: '2026-11-22T12:00:00Z',
          },
          data: { word: '\ud800' },
        },
      ],
    },
    { id: 'mine' },
    { account: 'me' },
    { counts: [{ day: '2026-11-22', type: 'A title', count: 1 }] },
  ])('is refused when it is of another shape: %o', async (wrong) => {
    const batch = { id: randomUUID(), level: 1, app: '0.1.0', counts: [], events: [] };
    expect(await rig.ask('POST', '/v1/metrics', { body: { ...batch, ...wrong } })).toMatchObject({
      status: 400,
    });
  });
});
