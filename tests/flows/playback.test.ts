import { defaultSoundSettings } from '../../shared/default-sound.ts';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Notice, UndoStep } from '../../shared/contract.ts';
import type { SessionView } from '../../shared/session.ts';
import { allows } from '../../shared/tier.ts';
import type { LoopPoints } from '../../shared/track-sound.ts';
import type { TrackList } from '../../shared/track.ts';
import { type Clock, createMovableClock } from '../../electron/clock.ts';
import { openDatabase } from '../../electron/database/open-database.ts';
import type { AdBreaks } from '../../electron/playback/ads-port.ts';
import type { Player, PlayerParts } from '../../electron/playback/player-ports.ts';
import { createPlayer } from '../../electron/playback/player.ts';
import { createSessionStore } from '../../electron/playback/session-store.ts';
import { createFakeEngine } from '../support/fake-engine.ts';
import { idsOf, randomFrom, singles, spot, track } from '../support/session-rig.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const tracks = singles(12);

describe('the player', () => {
  it('comes back after a kill as it was, paused, at most a second behind', async () => {
    const database = await openProfile();
    const one = await start({ database });
    await one.player.play({ tracks: all(), start: 3, shuffle: true });
    await one.player.setVolume({ volume: 0.3 });
    await one.player.setRepeat({ repeat: 'all' });
    await one.run(250);
    const view = await one.player.get();
    const queue = await one.player.queue();

    const other = await start({ database });
    await other.run(5);
    const restored = await other.player.get();
    expect(restored).toMatchObject({ status: 'paused', shuffle: true, repeat: 'all', volume: 0.3 });
    expect(restored.now?.track).toEqual(view.now?.track);
    expect(view.positionSeconds - restored.positionSeconds).toBeLessThanOrEqual(1);
    expect(restored.positionSeconds).toBeGreaterThan(40);
    const { revision } = queue;
    expect({ ...(await other.player.queue()), revision }).toEqual(queue);
    await other.player.previous();
    await other.player.previous();
    expect((await other.player.get()).now?.entry).toBe(queue.entryIds[queue.index - 1]);
  });

  it('saves what changed while it was saving at once, not with the next tick', async () => {
    const database = await openProfile();
    const table = createSessionStore(database);
    const one = await start({
      database,
      save: async (part) => {
        await setImmediate();
        table.save(part);
      },
    });
    await one.player.play({ tracks: all(), start: 0 });
    await one.player.setVolume({ volume: 0.2 });
    await one.player.enqueue({ tracks: all(), where: 'end' });
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    expect(table.load()).toMatchObject({ place: { volume: 0.2 } });
    expect(table.load()?.queue.entryIds).toHaveLength(24);
  });

  it('saves everything when it is closed', async () => {
    const database = await openProfile();
    const one = await start({ database });
    await one.player.play({ tracks: all(), start: 0 });
    await one.run(33.5);
    await one.player.close();
    const other = await start({ database });
    await other.run(1);
    expect((await other.player.get()).positionSeconds).toBe(33.5);
  });

  it('does what is asked in the order in which it is asked, however slow a list is', async () => {
    const lists: ((ids: Uint32Array) => void)[] = [];
    const rig = await start({
      trackIds: () => new Promise((resolve) => lists.push(resolve)),
    });
    const asked = [rig.player.play({ tracks: all(), start: 1 }), rig.player.pause()];
    await setImmediate();
    lists[0]?.(idsOf(tracks));
    await Promise.all(asked);
    await rig.run(1);
    expect(await rig.player.get()).toMatchObject({ status: 'paused', now: { track: { id: 2 } } });
  });

  it('offers to take changes of the queue back, and does', async () => {
    const rig = await start({});
    await rig.player.play({ tracks: all(), start: 2 });
    await rig.run(20);
    const before = await rig.player.queue();
    await rig.player.clear();
    expect((await rig.player.get()).next).toBeNull();
    expect(rig.undo.at(-1)?.step).toEqual({ kind: 'queue_cleared', count: 11, name: '' });
    await rig.undo.at(-1)?.takeBack();
    await rig.run(1);
    const { revision } = before;
    expect({ ...(await rig.player.queue()), revision }).toEqual(before);
    expect(await rig.player.get()).toMatchObject({
      status: 'playing',
      now: { track: { id: 3 } },
      positionSeconds: 21,
    });
  });

  it('offers nothing where nothing changed', async () => {
    const rig = await start({
      trackIds: ({ from }) =>
        Promise.resolve(from === 'playlist' ? new Uint32Array(0) : idsOf(tracks)),
    });
    await rig.player.play({ tracks: all(), start: 0 });
    const { entryIds } = await rig.player.queue();
    await rig.player.removeEntries({ entries: [999] });
    await rig.player.moveEntries({
      entries: [...entryIds.subarray(2, 4)],
      before: entryIds[4] ?? 0,
    });
    await rig.player.enqueue({ tracks: { from: 'playlist', id: 1 }, where: 'next' });
    await expect(rig.player.jump({ entry: 999 })).rejects.toMatchObject({ code: 'not_found' });
    expect(rig.undo).toEqual([]);
  });

  it('refuses to repeat a track on free, and falls back when premium ends while it repeats', async () => {
    const rig = await start({});
    await rig.player.play({ tracks: all(), start: 0 });
    await expect(rig.player.setRepeat({ repeat: 'track' })).rejects.toMatchObject({
      code: 'not_allowed',
      detail: 'repeat_track',
    });
    rig.setTier('premium');
    await rig.player.setRepeat({ repeat: 'track' });
    await rig.run(450);
    expect((await rig.player.get()).now?.track.id).toBe(1);
    rig.setTier('free');
    expect((await rig.player.get()).now?.track.id).toBe(1);
    await rig.run(200);
    expect(await rig.player.get()).toMatchObject({ repeat: 'off', now: { track: { id: 2 } } });
  });

  it('plays a break for free and ends it when premium is gained', async () => {
    const rig = await start({});
    await rig.player.play({ tracks: all(), start: 0 });
    rig.player.passTime(900);
    await rig.run(205);
    expect((await rig.player.get()).adBreak?.title).toBe('one');
    rig.setTier('premium');
    await rig.run(1);
    expect(await rig.player.get()).toMatchObject({ adBreak: null, now: { track: { id: 2 } } });
    expect(rig.engine.sounds.at(-1)).toMatchObject({ fromSeconds: 0, toSeconds: 1 });
    expect(rig.spotEvents).toEqual(['impression', 'closeLinear', 'error']);
    expect(rig.player.secondsUntilBreak()).toBeNull();
  });

  it('plays no break inside an album when the clock is moved, but at the album’s end', async () => {
    const album = [1, 2, 3].map((id) => track(id, { albumId: 1, album: 'One', track: id }));
    const rows = [...album, track(4, { albumId: 2, album: 'Two' })];
    const clock = createMovableClock(0, { now: () => 0, monotonic: () => 0 });
    const rig = await start({
      trackIds: () => Promise.resolve(idsOf(rows)),
      playables: (ids) => Promise.resolve(rows.filter(({ id }) => ids.includes(id))),
      clock,
    });
    await rig.player.play({ tracks: all(), start: 0 });
    await rig.run(10);
    const minutes = 15;
    clock.move(minutes);
    rig.player.passTime(minutes * 60);
    expect(rig.player.secondsUntilBreak()).toBe(0);
    await rig.run(585);
    expect(await rig.player.get()).toMatchObject({ adBreak: null, now: { track: { id: 3 } } });
    await rig.run(10);
    expect(await rig.player.get()).toMatchObject({ adBreak: { title: 'one' } });
    await rig.run(45);
    expect(await rig.player.get()).toMatchObject({ adBreak: null, now: { track: { id: 4 } } });
    expect(rig.player.secondsUntilBreak()).toBeGreaterThan(890);
  });

  it('lets the music go on when ads fail or never answer', async () => {
    const failing = [
      () => Promise.reject(new Error('no network')),
      () => new Promise<null>(() => undefined),
    ];
    for (const prepare of failing) {
      const rig = await start({ prepare });
      await rig.player.play({ tracks: all(), start: 0 });
      rig.player.passTime(900);
      await rig.run(210);
      expect(await rig.player.get()).toMatchObject({ adBreak: null, now: { track: { id: 2 } } });
    }
  });

  it('says which play was heard, once', async () => {
    const rig = await start({});
    await rig.player.play({ tracks: all(), start: 4 });
    await rig.run(100);
    expect(rig.heard).toEqual([5]);
  });

  it('asks for rows again when the library was away', async () => {
    let away = true;
    const rig = await start({
      playables: (ids) =>
        away
          ? Promise.reject(new Error('restarting'))
          : Promise.resolve(tracks.filter(({ id }) => ids.includes(id))),
    });
    await rig.player.play({ tracks: all(), start: 0 });
    await rig.run(3);
    expect(rig.engine.sounds).toEqual([]);
    away = false;
    await rig.run(3);
    expect((await rig.player.get()).now?.track.id).toBe(1);
    expect(rig.notices).toEqual([]);
  });

  it('shows a row anew when the library changed it', async () => {
    const rows = new Map(tracks.map((row) => [row.id, row]));
    const rig = await start({
      playables: (ids) => Promise.resolve(ids.flatMap((id) => rows.get(id) ?? [])),
    });
    await rig.player.play({ tracks: all(), start: 0 });
    await rig.run(2);
    rows.set(1, track(1, { liked: true }));
    rig.player.libraryChanged({ revision: 2, trackIds: [1] });
    await rig.run(1);
    expect(rig.views.at(-1)?.now?.track.liked).toBe(true);
    expect(rig.engine.sounds).toHaveLength(1);
  });

  it('refuses requests while the saved session can’t be read, and loses nothing', async () => {
    const database = await openProfile();
    const one = await start({ database });
    await one.player.play({ tracks: all(), start: 5 });
    await one.player.close();
    const table = createSessionStore(database);
    let isAway = true;
    const rig = await start({
      database,
      load: async () => {
        if (isAway) throw new Error('restarting');
        return Promise.resolve(table.load());
      },
    });
    await expect(rig.player.resume()).rejects.toThrow('restarting');
    isAway = false;
    await rig.player.resume();
    await rig.run(2);
    expect((await rig.player.get()).now?.track.id).toBe(6);
  });
});

interface Options {
  readonly database?: ReturnType<typeof openDatabase>;
  readonly load?: PlayerParts['store']['load'];
  readonly save?: PlayerParts['store']['save'];
  readonly trackIds?: (list: TrackList) => Promise<Uint32Array>;
  readonly playables?: PlayerParts['library']['playables'];
  readonly prepare?: AdBreaks['prepare'];
  /** Moves what `run` lets pass. */
  readonly clock?: Clock;
}

async function openProfile() {
  const database = openDatabase(join(await temporaryFolder(), 'library.db'));
  onTestFinished(() => database.close());
  return database;
}

/** A player over a real database, with an engine that plays in the clock given to both. */
async function start(options: Options) {
  const table = createSessionStore(options.database ?? (await openProfile()));
  const views: SessionView[] = [];
  const notices: Notice[] = [];
  const undo: { step: UndoStep; takeBack: () => Promise<void> }[] = [];
  const heard: number[] = [];
  const saved: (readonly [number, LoopPoints | null])[] = [];
  let sound = defaultSoundSettings;
  const spotEvents: string[] = [];
  let milliseconds = 1_000_000;
  let tier: 'free' | 'premium' = 'free';
  const engine = createFakeEngine((report) => void player.report(report));
  const player: Player = createPlayer({
    library: {
      trackIds: options.trackIds ?? (() => Promise.resolve(idsOf(tracks))),
      playables:
        options.playables ??
        ((ids) => Promise.resolve(tracks.filter(({ id }) => ids.includes(id)))),
      setLoop(id, points) {
        saved.push([id, points]);
        return Promise.resolve();
      },
    },
    store: {
      load: options.load ?? (() => Promise.resolve(table.load())),
      save:
        options.save ??
        ((part) => {
          table.save(part);
          return Promise.resolve();
        }),
    },
    ads: {
      prepare: options.prepare ?? (() => Promise.resolve([spot('one', 20), spot('two', 20)])),
      spotHappened: (_, event) => spotEvents.push(event.kind),
    },
    allows: (feature) => allows(tier, feature),
    sound: () => sound,
    now: () => milliseconds + (options.clock?.now() ?? 0),
    monotonic: () => milliseconds + (options.clock?.monotonic() ?? 0),
    random: randomFrom(3),
    changed: (view) => {
      views.push(view);
      engine.follow(view);
    },
    notice: (notice) => notices.push(notice),
    heard: (trackId) => heard.push(trackId),
    offerUndo: (step, takeBack) => undo.push({ step, takeBack }),
    trouble: () => undefined,
  });

  return {
    player,
    engine,
    views,
    notices,
    undo,
    heard,
    saved,
    spotEvents,
    setSound(next: typeof sound) {
      sound = next;
      player.soundChanged();
    },
    setTier(next: 'free' | 'premium') {
      tier = next;
      player.tierChanged();
    },
    async run(seconds: number) {
      await setImmediate();
      for (let part = 1; part <= seconds * 2; part += 1) {
        milliseconds += 500;
        engine.advance(0.5);
        if (part % 2 === 0) player.tick();
        await setImmediate();
      }
    },
  };
}

function all(): TrackList {
  return { from: 'all' };
}
