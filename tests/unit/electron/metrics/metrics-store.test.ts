import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventTypes, registry } from '../../../../electron/metrics/registry.ts';
import { MetricsBatch } from '../../../../service/api/metrics.ts';
import { newEvent, openTestJournal } from '../../../support/journal-rig.ts';

const start = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;
const day = 24 * hour;

describe('what Refrain notes', () => {
  it('has no field for words of a listener: only numbers, yes or no, and closed lists', () => {
    for (const type of eventTypes) {
      for (const text of textsIn(z.toJSONSchema(registry[type].data))) {
        // The marks of a link are its publisher's, bounded and plain.
        expect(text, type).toMatchObject({ pattern: '^[\\w.+~-]{0,64}$' });
        expect(type).toMatch(/^link\./);
      }
    }
  });

  it('refuses events and fields that the registry does not know, and keeps the others', async () => {
    const { store, faults } = await openTestJournal(start);
    store.events.record([
      { id: randomUUID(), type: 'title.heard', at: start, data: {} },
      { id: randomUUID(), type: '__proto__', at: start, data: {} },
      { id: randomUUID(), type: 'track.liked', at: start, data: { title: 'Blue' } },
      { id: randomUUID(), type: 'music.heard', at: start, data: { seconds: '30' } },
      newEvent('track.started', start, {}),
    ]);
    expect(faults).toHaveLength(4);
    expect(store.events.inspect().events).toMatchObject([
      { source: 'urn:refrain:track', type: 'track.started', time: '2026-11-22T12:00:00.000Z' },
    ]);
  });

  it('notes an event once, however often it comes', async () => {
    const { store } = await openTestJournal(start);
    const event = newEvent('music.heard', start, { seconds: 300 });
    store.events.record([event]);
    store.events.record([event]);
    expect(store.events.inspect().events).toHaveLength(1);
  });

  it('keeps each kind as long as the registry says and no longer', async () => {
    const { store, moveTo } = await openTestJournal(start);
    store.events.record([
      newEvent('beacon.settled', start, { lost: false }),
      newEvent('track.started', start, {}),
    ]);
    moveTo(start + registry['beacon.settled'].retentionDays * day + 1);
    const { types, events } = store.events.inspect();
    expect(events.map(({ type }) => type)).toEqual(['track.started']);
    expect(types.find(({ type }) => type === 'beacon.settled')).toMatchObject({ count: 0 });
  });

  it('forgets everything when asked, but not whether the listener consented', async () => {
    const { store, moveTo } = await openTestJournal(start);
    store.events.setLevel(2);
    store.events.record([newEvent('session.began', start, {})]);
    expect(store.events.dueBatches('1')).toHaveLength(1);
    store.events.removeAll();
    expect(store.events.inspect()).toMatchObject({ events: [], batches: [] });
    store.events.record([newEvent('session.began', start, {})]);
    moveTo(start + hour);
    expect(store.events.dueBatches('1')).toHaveLength(1);
  });
});

describe('what leaves', () => {
  it('is nothing at level 0, whatever was noted', async () => {
    const { store, moveTo } = await openTestJournal(start);
    store.events.record([newEvent('session.began', start, {})]);
    moveTo(start + 30 * day);
    expect(store.events.dueBatches('1')).toEqual([]);
    expect(store.events.inspect().batches).toEqual([]);
  });

  it('is at level 1 how many there were of each kind on a day, once a day', async () => {
    const { store, moveTo } = await openTestJournal(start);
    store.events.setLevel(1);
    store.events.record([
      newEvent('search.ended', start, { found: true, played: false }),
      newEvent('search.ended', start, { found: true, played: true }),
      newEvent('track.liked', start + day, {}),
    ]);
    const [batch, ...more] = store.events.dueBatches('0.1.0');
    expect(more).toEqual([]);
    expect(MetricsBatch.parse(JSON.parse(batch?.body ?? ''))).toMatchObject({
      level: 1,
      app: '0.1.0',
      counts: [
        { day: '2026-11-22', type: 'search.ended', count: 2 },
        { day: '2026-11-23', type: 'track.liked', count: 1 },
      ],
      events: [],
    });
    store.events.settleBatch(batch?.id ?? '', 'sent');
    store.events.record([newEvent('track.liked', start, {})]);
    moveTo(start + day - 1);
    expect(store.events.dueBatches('0.1.0')).toEqual([]);
    moveTo(start + day);
    expect(store.events.dueBatches('0.1.0')).toHaveLength(1);
  });

  it('is at level 2 also each event whose kind may leave whole, each in one batch', async () => {
    const { store } = await openTestJournal(start);
    store.events.setLevel(2);
    const heard = Array.from({ length: 1200 }, (_, at) =>
      newEvent('music.heard', start, { seconds: at }),
    );
    store.events.record([...heard, newEvent('track.liked', start, {})]);
    const batches = store.events
      .dueBatches('0.1.0')
      .map(({ body }) => MetricsBatch.parse(JSON.parse(body)));
    expect(batches.flatMap(({ events }) => events.map(({ id }) => id)).toSorted()).toEqual(
      heard.map(({ id }) => id).toSorted(),
    );
    expect(batches.flatMap(({ counts }) => counts)).toMatchObject([{ type: 'track.liked' }]);
    for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(256 * 1024);
  });

  it('is never what happened before consent, nor what waited when it was taken back', async () => {
    const { store, moveTo } = await openTestJournal(start);
    const before = newEvent('session.began', start, {});
    const between = newEvent('session.began', start, {});
    const after = newEvent('session.began', start, {});
    store.events.record([before]);
    store.events.setLevel(2);
    store.events.record([between]);
    expect(store.events.dueBatches('1')).toHaveLength(1);
    store.events.setLevel(0);
    expect(store.events.inspect().batches).toMatchObject([{ state: 'withdrawn' }]);
    moveTo(start + day);
    store.events.setLevel(2);
    store.events.record([after]);
    const bodies = store.events.dueBatches('1').map(({ body }) => body);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain(after.id);
    expect(bodies[0]).not.toContain(before.id);
    expect(bodies[0]).not.toContain(between.id);
  });

  it('waits for a service that is away for a week, and stays in the inspector', async () => {
    const { store, moveTo, restart } = await openTestJournal(start);
    store.events.setLevel(2);
    store.events.record([newEvent('session.began', start, {})]);
    const [first] = store.events.dueBatches('1');
    restart();
    moveTo(start + 7 * day);
    expect(store.events.dueBatches('1')).toEqual([first]);
    moveTo(start + 7 * day + 1);
    expect(store.events.dueBatches('1')).toEqual([]);
    expect(store.events.inspect().batches).toMatchObject([
      { state: 'given_up', body: first?.body },
    ]);
  });

  it('can be seen before consent, and seeing makes nothing', async () => {
    const { store } = await openTestJournal(start);
    store.events.record([newEvent('session.began', start, {})]);
    expect(MetricsBatch.parse(JSON.parse(store.events.preview(2, '1'))).events).toHaveLength(1);
    expect(MetricsBatch.parse(JSON.parse(store.events.preview(1, '1'))).events).toEqual([]);
    expect(store.events.inspect().batches).toEqual([]);
  });
});

/** Every free text that a schema allows, however deep. */
function textsIn(schema: unknown): unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'type' in schema && schema.type === 'string' && !('enum' in schema) ? [schema] : [];
  return [...own, ...Object.values(schema).flatMap(textsIn)];
}
