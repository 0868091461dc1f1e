import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createMovableClock } from '../../electron/clock.ts';
import { createSessionStore } from '../../electron/playback/session-store.ts';
import { defaultSoundSettings } from '../../shared/default-sound.ts';
import type { TrackList } from '../../shared/track.ts';
import { openProfile, startPlayer } from '../support/player-rig.ts';
import { idsOf, singles, track } from '../support/session-rig.ts';

const tracks = singles(12);

describe('the player', () => {
  it('comes back after a kill as it was, paused, at most a second behind', async () => {
    const database = await openProfile();
    const one = await startPlayer({ database });
    await one.player.play({ tracks: all(), start: 3, shuffle: true });
    await one.player.setVolume({ volume: 0.3 });
    await one.player.setRepeat({ repeat: 'all' });
    await one.run(250);
    const view = await one.player.get();
    const queue = await one.player.queue();

    const other = await startPlayer({ database });
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
    const one = await startPlayer({
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
    const one = await startPlayer({ database });
    await one.player.play({ tracks: all(), start: 0 });
    await one.run(33.5);
    await one.player.close();
    const other = await startPlayer({ database });
    await other.run(1);
    expect((await other.player.get()).positionSeconds).toBe(33.5);
  });

  it('does what is asked in the order in which it is asked, however slow a list is', async () => {
    const lists: ((ids: Uint32Array) => void)[] = [];
    const rig = await startPlayer({
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
    const rig = await startPlayer({});
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
    const rig = await startPlayer({
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
    const rig = await startPlayer({});
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
    const rig = await startPlayer({});
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
    const rig = await startPlayer({
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
      const rig = await startPlayer({ prepare });
      await rig.player.play({ tracks: all(), start: 0 });
      rig.player.passTime(900);
      await rig.run(210);
      expect(await rig.player.get()).toMatchObject({ adBreak: null, now: { track: { id: 2 } } });
    }
  });

  it('says which play was heard, once', async () => {
    const rig = await startPlayer({});
    await rig.player.play({ tracks: all(), start: 4 });
    await rig.run(100);
    expect(rig.heard).toEqual([5]);
  });

  it('saves the points of a loop before it answers, and keeps a count over a restart', async () => {
    const database = await openProfile();
    const one = await startPlayer({ database });
    one.setTier('premium');
    await one.player.play({ tracks: all(), start: 0 });
    await one.run(1);
    const { now } = await one.player.get();
    const point = { play: now?.play ?? 0, point: 'start' as const, seconds: 3, starts: true };
    await one.player.setLoopPoint(point);
    expect(one.saved).toEqual([[1, { startSeconds: 3, endSeconds: 200 }]]);
    await one.player.clearLoop();
    expect(one.saved.at(-1)).toEqual([1, null]);
    await one.player.repeatTimes({ times: 3 });
    await one.player.setSleep({ sleep: { kind: 'time', minutes: 5 } });
    await one.player.close();

    const other = await startPlayer({ database });
    other.setTier('premium');
    await other.run(1);
    const restored = await other.player.get();
    expect(restored).toMatchObject({ repeat: 'track', timesLeft: 2, sleep: null, marked: null });
  });

  it('tells the listener when a loop could not be saved', async () => {
    const rig = await startPlayer({ setLoop: () => Promise.reject(new Error('no room')) });
    rig.setTier('premium');
    await rig.player.play({ tracks: all(), start: 0 });
    await rig.run(1);
    const { now } = await rig.player.get();
    const point = { play: now?.play ?? 0, point: 'end' as const, seconds: 3, starts: true };
    await expect(rig.player.setLoopPoint(point)).rejects.toThrow('no room');
  });

  it('follows the listener’s sound settings at once', async () => {
    const rig = await startPlayer({});
    await rig.player.play({ tracks: all(), start: 0 });
    await rig.run(1);
    expect(rig.views.at(-1)).toMatchObject({ join: { kind: 'gapless' }, speed: 1 });
    rig.setSound({ ...defaultSoundSettings, crossfadeSeconds: 5, speed: 1.5 });
    expect(rig.views.at(-1)).toMatchObject({ join: { kind: 'crossfade', seconds: 5 }, speed: 1.5 });
  });

  it('keeps the sleep timer for a window that is loaded anew, and pauses without one', async () => {
    const rig = await startPlayer({});
    await rig.player.play({ tracks: all(), start: 0 });
    await rig.player.setSleep({ sleep: { kind: 'time', minutes: 2 } });
    await rig.run(60);
    expect((await rig.player.get()).sleep).toEqual({ kind: 'time', minutes: 1 });
    await rig.run(55);
    const { fadeSeconds } = await rig.player.get();
    expect(fadeSeconds).toBeGreaterThan(0);
    await rig.run(10);
    expect(await rig.player.get()).toMatchObject({ status: 'paused', sleep: null });
  });

  it('asks for rows again when the library was away', async () => {
    let away = true;
    const rig = await startPlayer({
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
    const rig = await startPlayer({
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
    const one = await startPlayer({ database });
    await one.player.play({ tracks: all(), start: 5 });
    await one.player.close();
    const table = createSessionStore(database);
    let isAway = true;
    const rig = await startPlayer({
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

function all(): TrackList {
  return { from: 'all' };
}
