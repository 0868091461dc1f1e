/** What a deep link may name. A link navigates; it never plays, buys or changes anything. */
export type LinkTarget =
  | { readonly to: 'album' | 'artist' | 'genre' | 'playlist'; readonly id: number }
  | { readonly to: 'home' | 'settings' | 'premium' | 'genres' };
