import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../../../../shared/library.ts';
import { answerKey, createLibraryStore } from '../../../../renderer/library/library-store.ts';
import { createMemoryMain, type Answers } from '../../../support/memory-main.ts';

const songs = { from: 'all', sort: { by: 'title', descending: false } } as const;
const liked = { from: 'liked' } as const;

function open(answers: Answers) {
  const main = createMemoryMain({ 'library.scan': () => null, ...answers });
  const store = createLibraryStore(main);
  const count = (name: string) => main.asked.filter(([asked]) => asked === name).length;
  const answerTo = (list: typeof songs | typeof liked) =>
    store.getState().answers.get(answerKey('library.trackIds', list));
  return { main, store, count, answerTo };
}

function nothingFor(text: string): SearchResult {
  return {
    text,
    corrected: null,
    more: false,
    milliseconds: 0,
    top: null,
    tracks: [],
    albums: [],
    artists: [],
    playlists: [],
  };
}

describe('the library store', () => {
  it('asks once for what several components follow, and again when the lists change', async () => {
    let ids = Uint32Array.of(1, 2);
    const { main, store, count, answerTo } = open({ 'library.trackIds': () => ids });
    store.getState().follow('library.trackIds', songs);
    store.getState().follow('library.trackIds', songs);
    await expect.poll(() => answerTo(songs)?.value).toEqual(ids);
    expect(count('library.trackIds')).toBe(1);

    ids = Uint32Array.of(1, 2, 3);
    main.send('library.changed', { revision: 2 });
    await expect.poll(() => answerTo(songs)?.value).toEqual(ids);
  });

  it('leaves long lists alone when a like changes a row, but not the list of the liked', async () => {
    const { main, store, count } = open({ 'library.trackIds': () => Uint32Array.of(1) });
    store.getState().follow('library.trackIds', songs);
    store.getState().follow('library.trackIds', liked);
    await expect.poll(() => count('library.trackIds')).toBe(2);
    main.send('library.changed', { revision: 2, trackIds: [1] });
    await expect.poll(() => count('library.trackIds')).toBe(3);
    expect(main.asked.at(-1)).toEqual(['library.trackIds', liked]);
  });

  it('misses no change that comes while it is asking', async () => {
    const releases: ((ids: Uint32Array) => void)[] = [];
    const { main, store, answerTo } = open({
      'library.trackIds': () => new Promise((resolve) => releases.push(resolve)),
    });
    store.getState().follow('library.trackIds', songs);
    await expect.poll(() => releases.length).toBe(1);
    main.send('library.changed', { revision: 2 });
    main.send('library.changed', { revision: 3 });
    releases[0]?.(Uint32Array.of(1));
    await expect.poll(() => releases.length).toBe(2);
    releases[1]?.(Uint32Array.of(1, 2));
    await expect.poll(() => answerTo(songs)?.value).toEqual(Uint32Array.of(1, 2));
    expect(releases).toHaveLength(2);
  });

  it('shows what it knew at once when a screen is opened again, and asks only after a change', async () => {
    const { main, store, count, answerTo } = open({ 'library.trackIds': () => Uint32Array.of(7) });
    const leave = store.getState().follow('library.trackIds', songs);
    await expect.poll(() => answerTo(songs)?.value).toBeDefined();
    leave();
    store.getState().follow('library.trackIds', songs)();
    expect(answerTo(songs)?.value).toEqual(Uint32Array.of(7));
    main.send('library.changed', { revision: 2 });
    expect(count('library.trackIds')).toBe(1);
    store.getState().follow('library.trackIds', songs);
    await expect.poll(() => count('library.trackIds')).toBe(2);
  });

  it('forgets the oldest of the lists that nobody follows', async () => {
    const { store, count } = open({ 'library.trackIds': () => new Uint32Array() });
    for (let id = 1; id <= 60; id += 1) {
      const leave = store.getState().follow('library.trackIds', { from: 'album', id });
      await expect.poll(() => count('library.trackIds')).toBe(id);
      leave();
    }
    expect(store.getState().answers.size).toBeLessThan(20);
  });

  it('says why there is no answer', async () => {
    const { store, answerTo } = open({});
    store.getState().follow('library.trackIds', songs);
    await expect.poll(() => answerTo(songs)).toEqual({ value: undefined, failed: 'not_found' });
  });

  it('drops an answer to letters that are not in the field any more', async () => {
    const releases = new Map<string, () => void>();
    const { store } = open({
      'library.search': ({ text }) =>
        new Promise((resolve) => releases.set(text, () => resolve(nothingFor(text)))),
    });
    store.getState().search('r');
    store.getState().search('ri');
    await expect.poll(() => releases.size).toBe(2);
    releases.get('ri')?.();
    await expect.poll(() => store.getState().found?.text).toBe('ri');
    releases.get('r')?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.getState().found?.text).toBe('ri');
    store.getState().search(' ');
    expect(store.getState().found).toBeNull();
  });

  it('shows what is found at once, and then the rest', async () => {
    let release = () => undefined as void;
    const { store } = open({
      'library.search': ({ text, whole }) =>
        whole
          ? new Promise((resolve) => (release = () => resolve(nothingFor(text))))
          : Promise.resolve({ ...nothingFor(text), corrected: 'some of it', more: true }),
    });
    store.getState().search('rare');
    await new Promise((resolve) => setImmediate(resolve));
    // Nothing at once is no answer yet.
    expect(store.getState().found).toBeNull();
    release();
    await expect.poll(() => store.getState().found).toMatchObject({ text: 'rare', more: false });
  });

  it('follows a scan', () => {
    const { main, store } = open({});
    const running = {
      state: 'running',
      found: 10,
      read: 4,
      added: 4,
      updated: 0,
      removed: 0,
      away: 0,
      skipped: 0,
      skippedFiles: [],
      seconds: 1,
    } as const;
    main.send('library.scanned', running);
    expect(store.getState().scan).toEqual(running);
  });
});
