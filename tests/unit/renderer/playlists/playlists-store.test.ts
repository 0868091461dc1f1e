import { describe, expect, it } from 'vitest';
import type { Playlist } from '../../../../shared/playlist.ts';
import { createPlaylistsStore } from '../../../../renderer/playlists/playlists-store.ts';
import { createMemoryMain } from '../../../support/memory-main.ts';

function playlist(id: number, name: string): Playlist {
  return { id, name, tracks: 0, seconds: 0, covers: [] };
}

describe('the playlists store', () => {
  it('asks for the playlists once and follows them from then on', async () => {
    const main = createMemoryMain({ 'playlists.all': () => [playlist(1, 'Morning')] });
    const store = createPlaylistsStore(main);
    expect(store.getState().all).toBeNull();
    await expect.poll(() => store.getState().all).toEqual([playlist(1, 'Morning')]);
    main.send('playlists.changed', [playlist(1, 'Evening')]);
    expect(store.getState().all).toEqual([playlist(1, 'Evening')]);
    expect(main.asked).toHaveLength(1);
  });

  it('keeps an event that was quicker than the first answer', async () => {
    const answers: ((all: readonly Playlist[]) => void)[] = [];
    const main = createMemoryMain({
      'playlists.all': () => new Promise((resolve) => answers.push(resolve)),
    });
    const store = createPlaylistsStore(main);
    await expect.poll(() => answers.length).toBe(1);
    main.send('playlists.changed', [playlist(2, 'Newer')]);
    answers[0]?.([]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.getState().all).toEqual([playlist(2, 'Newer')]);
  });

  it('remembers which tracks a playlist that is being named will hold', () => {
    const store = createPlaylistsStore(createMemoryMain({ 'playlists.all': () => [] }));
    store.getState().askName({ from: 'album', id: 3 }, 'Lanterns');
    expect(store.getState().naming).toEqual({
      tracks: { from: 'album', id: 3 },
      suggestion: 'Lanterns',
    });
    store.getState().dropName();
    expect(store.getState().naming).toBeNull();
  });
});
