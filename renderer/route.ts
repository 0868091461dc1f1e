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
        | 'duplicates'
        | 'account'
        | 'settings'
        | 'noted'
        | 'figures'
        | 'sound';
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
