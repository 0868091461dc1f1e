import type { LibraryProcess } from '../../electron/library-process.ts';

/** All that a listener made in a library. */
export interface Made {
  readonly likes: readonly number[];
  readonly stars: readonly (readonly [track: number, stars: number])[];
  readonly plays: number;
  readonly lists: readonly (readonly [name: string, tracks: readonly number[]])[];
}

/** One act of a listener. Each happens or it doesn't. */
export type Act =
  | { readonly kind: 'like'; readonly ids: readonly number[]; readonly liked: boolean }
  | { readonly kind: 'rate'; readonly ids: readonly number[]; readonly stars: number }
  | { readonly kind: 'play'; readonly id: number }
  | { readonly kind: 'create' | 'add'; readonly name: string; readonly ids: readonly number[] }
  | { readonly kind: 'drop'; readonly name: string }
  /** Of the tags in a file. */
  | { readonly kind: 'edit'; readonly id: number; readonly path: string; readonly title: string }
  | { readonly kind: 'copy' }
  | { readonly kind: 'restore'; readonly copy: string; readonly becomes: Made };

type Parts = Pick<LibraryProcess, 'library' | 'playlists' | 'editing' | 'snapshots'>;

/** What has been made after the act, by a model that knows nothing of databases. */
export function after(made: Made, act: Act): Made {
  switch (act.kind) {
    case 'like': {
      const others = made.likes.filter((id) => !act.ids.includes(id));
      return { ...made, likes: (act.liked ? [...others, ...act.ids] : others).sort(byNumber) };
    }
    case 'rate': {
      const others = made.stars.filter(([id]) => !act.ids.includes(id));
      const rated = act.ids.map((id) => [id, act.stars] as const);
      return { ...made, stars: [...others, ...rated].sort(([a], [b]) => a - b) };
    }
    case 'play':
      return { ...made, plays: made.plays + 1 };
    case 'create':
      return { ...made, lists: [...made.lists, [act.name, act.ids] as const].sort(byName) };
    case 'add':
      return {
        ...made,
        lists: made.lists.map(([name, ids]) =>
          name === act.name ? [name, [...ids, ...act.ids]] : [name, ids],
        ),
      };
    case 'drop':
      return { ...made, lists: made.lists.filter(([name]) => name !== act.name) };
    // Rows follow files, which are no part of what goes back with a copy.
    case 'edit':
    case 'copy':
      return made;
    case 'restore':
      return act.becomes;
  }
}

/** What the library says has been made. */
export function readMade({ library, playlists }: Pick<Parts, 'library' | 'playlists'>): Made {
  const tracks = library.tracks([...library.trackIds({ from: 'all' })]);
  return {
    likes: tracks.flatMap(({ id, liked }) => (liked ? [id] : [])).sort(byNumber),
    stars: tracks
      .flatMap(({ id, rating }) => (rating === null ? [] : [[id, rating] as const]))
      .sort(([a], [b]) => a - b),
    plays: tracks.reduce((sum, { plays }) => sum + plays, 0),
    lists: playlists
      .all()
      .map(({ id, name }) => [name, [...playlists.items(id).trackIds]] as const)
      .sort(byName),
  };
}

/** @returns the copy of the library that came of it */
export async function perform(parts: Parts, act: Act): Promise<string | null> {
  const { library, playlists, editing, snapshots } = parts;
  switch (act.kind) {
    case 'like':
      library.setLiked(act.ids, act.liked);
      return null;
    case 'rate':
      library.setRating(act.ids, act.stars);
      return null;
    case 'play':
      library.countPlay(act.id, 1_000);
      return null;
    case 'create':
      playlists.create(act.name, { from: 'tracks', ids: [...act.ids] });
      return null;
    case 'add':
      playlists.add(idOf(parts, act.name), { from: 'tracks', ids: [...act.ids] });
      return null;
    case 'drop':
      playlists.remove(idOf(parts, act.name));
      return null;
    case 'edit': {
      const { id } = await editing.preview({
        kind: 'tags',
        ids: [act.id],
        changes: { values: { title: [act.title] }, cover: { kind: 'keep' }, numberFrom: null },
      });
      const { written, refused } = await editing.apply(id);
      if (written !== 1) throw new Error(`Not written: ${JSON.stringify(refused)}`);
      return null;
    }
    case 'copy':
      return (await snapshots.make())?.id ?? null;
    case 'restore':
      return snapshots.restore(act.copy);
  }
}

/** @param copies those that may be gone back to, and what had been made then */
export async function chooseAct(
  parts: Parts,
  random: () => number,
  copies: ReadonlyMap<string, Made>,
): Promise<Act> {
  const all = [...parts.library.trackIds({ from: 'all' })];
  const ids = all.filter(() => random() < 3 / Math.max(all.length, 3));
  const [id] = ids;
  const lists = parts.playlists.all();
  const list = lists[Math.floor(random() * lists.length)];
  const dice = random();
  if (dice > 0.92) return { kind: 'copy' };
  if (dice > 0.84) {
    const known = (await parts.snapshots.all()).filter((copy) => copies.has(copy.id));
    const copy = known[Math.floor(random() * known.length)]?.id ?? '';
    const becomes = copies.get(copy);
    return becomes === undefined ? { kind: 'copy' } : { kind: 'restore', copy, becomes };
  }
  if (dice > 0.7) {
    const edited = parts.library
      .tracks(all)
      .find(({ format }) => format !== 'wav' && random() < 0.2);
    const path = parts.library.file(edited?.id ?? 0)?.path;
    if (edited !== undefined && path !== undefined) {
      return { kind: 'edit', id: edited.id, path, title: `Edited ${Math.floor(random() * 1e9)}` };
    }
  }
  if (id === undefined || dice > 0.6) {
    return { kind: 'create', name: `List ${Math.floor(random() * 1e9)}`, ids };
  }
  if (dice > 0.45) return { kind: 'play', id };
  if (dice > 0.32) return { kind: 'rate', ids, stars: 1 + Math.floor(random() * 5) };
  if (dice > 0.2 || list === undefined) return { kind: 'like', ids, liked: random() < 0.7 };
  return dice > 0.06 ? { kind: 'add', name: list.name, ids } : { kind: 'drop', name: list.name };
}

function idOf({ playlists }: Parts, name: string): number {
  return playlists.all().find((list) => list.name === name)?.id ?? 0;
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
