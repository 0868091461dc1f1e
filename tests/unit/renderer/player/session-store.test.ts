import { describe, expect, it } from 'vitest';
import { createSessionStore } from '../../../../renderer/player/session-store.ts';
import type { SessionView } from '../../../../shared/session.ts';
import type { Playable } from '../../../../shared/track-sound.ts';
import { createMemoryMain } from '../../../support/memory-main.ts';

describe('the session in the window', () => {
  it('is what main said last', async () => {
    const main = createMemoryMain({ 'session.get': () => playing({ volume: 0.25 }) });
    const store = createSessionStore(main);
    await store.getState().load();
    expect(store.getState().view.volume).toBe(0.25);
    main.send('session.changed', playing({ volume: 0.5 }));
    expect(store.getState().view.volume).toBe(0.5);
  });

  it('takes its position from the engine, and from main only after a jump', async () => {
    const main = createMemoryMain({ 'session.report': () => undefined });
    const store = createSessionStore(main);
    main.send('session.changed', playing({ positionSeconds: 10 }));
    expect(store.getState().positionSeconds).toBe(10);
    await store.getState().report({ kind: 'position', play: 1, seconds: 12 });
    expect(store.getState().positionSeconds).toBe(12);
    // A view made before that report would move the bar back.
    main.send('session.changed', playing({ positionSeconds: 11, volume: 0.3 }));
    expect(store.getState().positionSeconds).toBe(12);
    main.send('session.changed', playing({ positionSeconds: 90, seek: 1 }));
    expect(store.getState().positionSeconds).toBe(90);
  });

  it('passes on every report and shows none of a play that is over', async () => {
    const main = createMemoryMain({ 'session.report': () => undefined });
    const store = createSessionStore(main);
    main.send('session.changed', playing({ positionSeconds: 3 }));
    await store.getState().report({ kind: 'position', play: 99, seconds: 200 });
    expect(store.getState().positionSeconds).toBe(3);
    expect(main.asked).toEqual([['session.report', { kind: 'position', play: 99, seconds: 200 }]]);
  });

  it('is heard again when the volume is moved, and not before it has the new volume', async () => {
    const main = createMemoryMain({
      'session.setVolume': () => undefined,
      'session.setMuted': () => undefined,
    });
    const store = createSessionStore(main);
    main.send('session.changed', playing({ volume: 1, muted: true }));
    await store.getState().setVolume(0.2);
    await store.getState().setVolume(0.3);
    expect(main.asked).toEqual([
      ['session.setVolume', { volume: 0.2 }],
      ['session.setMuted', { muted: false }],
      ['session.setVolume', { volume: 0.3 }],
    ]);
  });

  it('asks for the queue once per revision', async () => {
    const main = createMemoryMain({
      'session.queue': () => ({
        revision: 2,
        entryIds: Uint32Array.of(1),
        trackIds: Uint32Array.of(7),
        index: 0,
      }),
    });
    const store = createSessionStore(main);
    main.send('session.changed', playing({ queueRevision: 2 }));
    await store.getState().loadQueue();
    await store.getState().loadQueue();
    expect(main.asked).toHaveLength(1);
    expect([...store.getState().queue.trackIds]).toEqual([7]);
  });

  it('keeps the newer of two answers about the queue, whichever comes last', async () => {
    const waiting: (() => void)[] = [];
    let revision = 2;
    const main = createMemoryMain({
      'session.queue': () => {
        const answer = {
          revision,
          entryIds: Uint32Array.of(revision),
          trackIds: Uint32Array.of(revision),
          index: 0,
        };
        return new Promise((resolve) => waiting.push(() => resolve(answer)));
      },
    });
    const store = createSessionStore(main);
    main.send('session.changed', playing({ queueRevision: 2 }));
    const older = store.getState().loadQueue();
    revision = 3;
    main.send('session.changed', playing({ queueRevision: 3 }));
    const newer = store.getState().loadQueue();
    waiting[1]?.();
    await newer;
    waiting[0]?.();
    await older;
    expect(store.getState().queue.revision).toBe(3);
  });

  it('shows a turned volume before main has answered', () => {
    const main = createMemoryMain({ 'session.setVolume': () => new Promise(() => undefined) });
    const store = createSessionStore(main);
    main.send('session.changed', playing({ volume: 1, muted: true }));
    void store.getState().setVolume(0.4);
    expect(store.getState().view).toMatchObject({ volume: 0.4, muted: false });
  });

  it('keeps the handle of the volume where it is dragged, until main has answered', async () => {
    const answers: (() => void)[] = [];
    const main = createMemoryMain({
      'session.setVolume': () => new Promise<void>((resolve) => answers.push(resolve)),
    });
    const store = createSessionStore(main);
    const turned = [store.getState().setVolume(0.4), store.getState().setVolume(0.6)];
    main.send('session.changed', playing({ volume: 0.4 }));
    expect(store.getState().view.volume).toBe(0.6);
    for (const answer of answers) answer();
    await Promise.all(turned);
    main.send('session.changed', playing({ volume: 0.2 }));
    expect(store.getState().view.volume).toBe(0.2);
  });

  it('rejects with what main refused', async () => {
    const store = createSessionStore(createMemoryMain({}));
    await expect(store.getState().setRepeat('track')).rejects.toMatchObject({ code: 'not_found' });
  });
});

function playing(changes: Partial<SessionView>): SessionView {
  return {
    status: 'playing',
    now: { play: 1, entry: 1, track, startSeconds: 0, inAlbum: false },
    next: null,
    join: { kind: 'none' },
    loop: null,
    speed: 1,
    fadeSeconds: null,
    marked: null,
    sleep: null,
    stopAfter: null,
    timesLeft: null,
    positionSeconds: 0,
    seek: 0,
    adBreak: null,
    quietSeconds: 0,
    quietWanted: false,
    canEarnQuiet: false,
    volume: 1,
    muted: false,
    shuffle: false,
    repeat: 'off',
    canPlay: true,
    canPrevious: true,
    canNext: true,
    queueRevision: 1,
    ...changes,
  };
}

const track: Playable = {
  sound: { part: null, loudness: { track: null, album: null }, loop: null, joins: [] },
  id: 7,
  title: 'Night Ferry',
  artist: 'Tiny Orchestra',
  artistId: 1,
  album: 'Low Tide',
  albumId: 1,
  albumArtist: 'Tiny Orchestra',
  genre: 'Jazz',
  seconds: 200,
  track: 1,
  disc: 1,
  year: 2001,
  cover: null,
  format: 'flac',
  lossless: true,
  liked: false,
  rating: null,
  plays: 0,
  away: false,
};
