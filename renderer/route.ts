/** Where the window can be. Ids are the database's. */
export type Route =
  | {
      readonly screen:
        | 'home'
        | 'search'
        | 'albums'
        | 'artists'
        | 'songs'
        | 'genres'
        | 'liked'
        | 'account'
        | 'settings';
    }
  | { readonly screen: 'album' | 'artist' | 'genre' | 'playlist'; readonly id: number }
  /** `source` null: the list of all sources. `path` as in `library.folder`. */
  | { readonly screen: 'folders'; readonly source: number | null; readonly path: string };

/** The route as an address, e.g. `/album/12` or `/folders/1/Jazz/Trio`. */
export function addressOf(route: Route): string {
  if ('id' in route) return `/${route.screen}/${route.id}`;
  if (route.screen !== 'folders' || route.source === null) return `/${route.screen}`;
  const parts = route.path === '' ? [] : route.path.split('/').map(encodeURIComponent);
  return ['/folders', route.source, ...parts].join('/');
}

/** @returns null for an address that leads nowhere */
export function routeOf(address: string): Route | null {
  const [screen = '', id, ...rest] = address.replace(/^\//, '').split('/');
  if (isPlainScreen(screen)) return id === undefined ? { screen } : null;
  if (screen === 'folders' && id === undefined) return { screen, source: null, path: '' };
  if (!/^[1-9]\d{0,9}$/.test(id ?? '')) return null;
  if (isIdScreen(screen)) return rest.length === 0 ? { screen, id: Number(id) } : null;
  if (screen !== 'folders') return null;
  try {
    return { screen, source: Number(id), path: rest.map(decodeURIComponent).join('/') };
  } catch {
    return null; // A percent sign that encodes nothing.
  }
}

type PlainScreen = Exclude<Route, { id: number } | { source: number | null }>['screen'];
type IdScreen = Extract<Route, { id: number }>['screen'];

function isPlainScreen(name: string): name is PlainScreen {
  return /^(home|search|albums|artists|songs|genres|liked|account|settings)$/.test(name);
}

function isIdScreen(name: string): name is IdScreen {
  return /^(album|artist|genre|playlist)$/.test(name);
}
