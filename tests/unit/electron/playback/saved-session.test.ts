import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../../electron/database/open-database.ts';
import type { SessionTable } from '../../../../electron/playback/session-store.ts';
import { createSessionStore } from '../../../../electron/playback/session-store.ts';
import {
  restoreSession,
  savedPlaceOf,
  savedQueueOf,
} from '../../../../electron/playback/saved-session.ts';
import type { SessionState } from '../../../../electron/playback/session-state.ts';
import { queueViewOf } from '../../../../electron/playback/session-view.ts';
import { createSessionRig, singles } from '../../../support/session-rig.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { act, acts } from './listener-acts.ts';

const seeds = fc.integer({ min: 1, max: 1e9 });
const ids = fc.uint32Array({ max: 6, maxLength: 6 });

describe('a saved session', () => {
  it('comes back from a real database as it was, paused', async () => {
    const { table } = await openTable();
    fc.assert(
      fc.property(acts, seeds, fc.boolean(), (done, seed, premium) => {
        const rig = createSessionRig({ tracks: singles(8), seed, premium });
        for (const one of done) act(rig, one);
        const before = rig.state();
        table.save(partsOf(before));
        const after = restoreSession(table.load() ?? emptySaved(), 0);
        expect(partsOf(after)).toEqual(partsOf(before));
        const { revision } = queueViewOf(before);
        expect({ ...queueViewOf(after), revision }).toEqual(queueViewOf(before));
        expect(after.now?.entry).toBe(before.now?.entry);
        expect(after.status).toBe(before.now === null ? 'idle' : 'paused');
        expect(after.nextEntry).toBeGreaterThan(Math.max(0, ...before.queue.entryIds));
      }),
    );
  });

  it('writes only the place when only that is given', async () => {
    const { table } = await openTable();
    const rig = createSessionRig({ tracks: singles(3) });
    rig.dispatch({
      kind: 'play',
      trackIds: Uint32Array.of(1, 2, 3),
      start: 1,
      shuffle: undefined,
    });
    table.save(partsOf(rig.state()));
    rig.run(20);
    table.save({ place: savedPlaceOf(rig.state()) });
    const { queue, place } = table.load() ?? emptySaved();
    expect([...queue.trackIds]).toEqual([1, 2, 3]);
    expect(place).toMatchObject({ place: 1, positionSeconds: 20 });
  });

  it('is null where nothing was ever saved', async () => {
    const { table } = await openTable();
    expect(table.load()).toBeNull();
  });

  it('survives rows that are not ours', async () => {
    const { table, database } = await openTable();
    for (const [key, value] of [
      ['entryIds', Buffer.from([1, 0, 0, 0, 2])],
      ['place', Buffer.from('{"volume"')],
      ['order', 'text'],
    ] as const) {
      database.run('INSERT INTO session_state (key, value) VALUES (?, ?)', key, value);
    }
    const saved = table.load() ?? emptySaved();
    expect([...saved.queue.entryIds]).toEqual([1]);
    expect(saved.place).toBeNull();
  });

  it('is answered by what can be kept, whatever is in it', () => {
    fc.assert(
      fc.property(
        ids,
        ids,
        fc.option(ids),
        ids,
        fc.anything(),
        (entryIds, trackIds, order, past, place) => {
          const saved = { queue: { entryIds, trackIds, order, past }, place };
          const { queue, now, volume } = restoreSession(saved, 0);
          expect(new Set(queue.entryIds).size).toBe(queue.entryIds.length);
          expect(queue.trackIds).toHaveLength(queue.entryIds.length);
          expect(queue.place).toBeLessThanOrEqual(queue.entryIds.length);
          expect(volume).toBeLessThanOrEqual(1);
          for (const round of [...queue.past, ...(queue.order === null ? [] : [queue.order])]) {
            expect([...round].sort()).toEqual(Array.from(round, (_, position) => position));
          }
          if (now !== null) expect(queue.entryIds).toContain(now.entry);
          const whole = entryIds.filter((entry, at) => entry !== 0 && (trackIds[at] ?? 0) !== 0);
          expect([...queue.entryIds]).toEqual([...new Set(whole)]);
        },
      ),
    );
  });

  it('keeps the good fields of a place of which others are bad', () => {
    const place = { place: -3, volume: 0.25, repeat: 'twice', positionSeconds: 12, spots: 'none' };
    const state = restoreSession({ ...emptySaved(), place }, 0);
    expect(state).toMatchObject({ volume: 0.25, repeat: 'off', breaks: { spots: [] } });
  });
});

async function openTable() {
  const database = openDatabase(join(await temporaryFolder(), 'library.db'));
  onTestFinished(() => database.close());
  const table: SessionTable = createSessionStore(database);
  return { database, table };
}

function partsOf(state: SessionState) {
  return { queue: savedQueueOf(state.queue), place: savedPlaceOf(state) };
}

function emptySaved() {
  const none = new Uint32Array(0);
  return { queue: { entryIds: none, trackIds: none, order: null, past: none }, place: null };
}
