import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../../../renderer/route.ts';
import { createShellStore } from '../../../../renderer/shell/shell-store.ts';
import type { Track } from '../../../../shared/track.ts';
import { createMemoryMain } from '../../../support/memory-main.ts';

const album = (id: number): Route => ({ screen: 'album', id });

describe('the trail through the window', () => {
  it('goes back the way it came, and forward again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 }), (ids) => {
        const shell = createShellStore(createMemoryMain({}));
        const { go, back, forward } = shell.getState();
        const walked: Route[] = [{ screen: 'home' }, ...ids.map(album)];
        for (const id of ids) go(album(id));
        for (const route of walked.toReversed()) {
          expect(shell.getState().route).toEqual(route);
          back();
        }
        for (const route of walked) {
          expect(shell.getState().route).toEqual(route);
          forward();
        }
      }),
    );
  });

  it('forgets the way forward when it turns off', () => {
    const shell = createShellStore(createMemoryMain({}));
    const { go, back, forward } = shell.getState();
    go(album(1));
    go(album(2));
    back();
    go(album(3));
    forward();
    expect(shell.getState().route).toEqual(album(3));
    back();
    expect(shell.getState().route).toEqual(album(1));
  });

  it('stays where it is when asked to go there', () => {
    const shell = createShellStore(createMemoryMain({}));
    shell.getState().go({ screen: 'home' });
    expect(shell.getState().trail).toHaveLength(1);
  });

  it('finds each place scrolled as it was left', () => {
    const shell = createShellStore(createMemoryMain({}));
    const { go, back, forward, rememberScroll, scrollTop } = shell.getState();
    rememberScroll(120);
    go(album(1));
    expect(scrollTop()).toBe(0);
    rememberScroll(900);
    back();
    expect(scrollTop()).toBe(120);
    forward();
    expect(scrollTop()).toBe(900);
  });

  it('follows a link, and offers Premium where the link says so', () => {
    const main = createMemoryMain({ 'links.shown': () => undefined });
    const shell = createShellStore(main);
    main.send('navigation.asked', { to: 'album', id: 12 });
    expect(shell.getState().route).toEqual(album(12));
    main.send('navigation.asked', { to: 'premium' });
    expect(shell.getState()).toMatchObject({ route: { screen: 'account' }, offered: 'premium' });
  });

  it('shows the album of a track that a link names, and offers to play it from there on', async () => {
    const { main, shell, told } = linkedTo([trackOf(7)]);
    main.send('navigation.asked', { to: 'track', id: 7, startSeconds: 83 });
    await expect.poll(told).toEqual([{ kind: 'play_offer', id: 7, title: 'Seven', seconds: 83 }]);
    expect(shell.getState().route).toEqual(album(70));
    expect(main.asked.map(([name]) => name)).not.toContain('session.play');

    await shell.getState().playFrom(7, 83);
    expect(main.asked.slice(-2)).toEqual([
      ['session.play', { tracks: { from: 'tracks', ids: [7] }, start: 0 }],
      ['session.seek', { seconds: 83 }],
    ]);
  });

  it('offers a track from its beginning when the link names a second beyond its end', async () => {
    const { main, told } = linkedTo([trackOf(7)]);
    main.send('navigation.asked', { to: 'track', id: 7, startSeconds: 200 });
    await expect.poll(told).toMatchObject([{ kind: 'play_offer', seconds: 0 }]);
  });

  it('says of a link to what is not there that it is not there', async () => {
    const { main, shell, told } = linkedTo([]);
    main.send('navigation.asked', { to: 'track', id: 7, startSeconds: 0 });
    await expect.poll(told).toEqual([{ kind: 'notice', notice: { kind: 'link_gone' } }]);
    main.send('navigation.asked', { to: 'podcast' });
    await expect.poll(told).toContainEqual({
      kind: 'notice',
      notice: { kind: 'link_not_yet', to: 'podcast' },
    });
    expect(shell.getState().route).toEqual({ screen: 'home' });
    expect(main.asked.map(([name]) => name)).not.toContain('links.shown');
  });
});

function linkedTo(tracks: readonly Track[]) {
  const main = createMemoryMain({
    'library.tracks': () => tracks,
    'links.shown': () => undefined,
    'session.play': () => undefined,
    'session.seek': () => undefined,
  });
  const shell = createShellStore(main);
  return { main, shell, told: () => shell.getState().toasts.map((toast) => toast.told) };
}

function trackOf(id: number): Track {
  return {
    id,
    title: 'Seven',
    artist: 'Them',
    artistId: 700,
    album: 'Album',
    albumId: 70,
    albumArtist: 'Them',
    genre: '',
    seconds: 200,
    track: 1,
    disc: null,
    year: null,
    cover: null,
    format: 'flac',
    lossless: true,
    liked: false,
    rating: null,
    plays: 0,
    away: false,
  };
}

describe('toasts', () => {
  it('offer to take back the newest change only, since undo takes back no other', () => {
    const main = createMemoryMain({});
    const shell = createShellStore(main);
    main.send('undo.offered', { kind: 'queue_cleared', count: 9, name: '' });
    main.send('undo.offered', { kind: 'playlist_removed', count: 1, name: 'Morning' });
    const told = shell.getState().toasts.map((toast) => toast.told);
    expect(told).toEqual([
      { kind: 'undo', step: { kind: 'playlist_removed', count: 1, name: 'Morning' } },
    ]);
  });

  it('say nothing of a like, but withdraw the offer that it made untrue', () => {
    const main = createMemoryMain({});
    const shell = createShellStore(main);
    main.send('undo.offered', { kind: 'queue_cleared', count: 9, name: '' });
    main.send('undo.offered', { kind: 'liked', count: 1, name: '' });
    expect(shell.getState().toasts).toEqual([]);
  });

  it('tell what was undone, or that there was nothing', async () => {
    const steps = [{ kind: 'queue_cleared', count: 9, name: '' } as const, null];
    const shell = createShellStore(createMemoryMain({ 'undo.last': () => steps.shift() ?? null }));
    await shell.getState().undo();
    expect(shell.getState().toasts[0]?.told.kind).toBe('undone');
    await shell.getState().undo();
    expect(shell.getState().toasts.map(({ told }) => told.kind)).toEqual(['nothing_to_undo']);
  });

  it('are three at most, and the same one is not shown twice', () => {
    const main = createMemoryMain({});
    const shell = createShellStore(main);
    for (const title of ['a', 'b', 'b', 'c', 'd']) {
      main.send('notice.raised', { kind: 'track_failed', title });
    }
    const titles = shell
      .getState()
      .toasts.map(
        ({ told }) => told.kind === 'notice' && 'title' in told.notice && told.notice.title,
      );
    expect(titles).toEqual(['b', 'c', 'd']);
  });
});
