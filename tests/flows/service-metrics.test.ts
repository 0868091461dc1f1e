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

  it.each([
    { level: 3 },
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
