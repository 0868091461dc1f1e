/** What a deep link may name. A link navigates and offers; it never plays, buys or changes anything. */
export type LinkTarget =
  | { readonly to: 'album' | 'artist' | 'genre' | 'playlist'; readonly id: number }
  /** Its album is shown, and playing it from there on is offered. */
  | { readonly to: 'track'; readonly id: number; readonly startSeconds: number }
  | { readonly to: 'home' | 'settings' | 'premium' | 'genres' | 'sound' | 'noted' }
  /** Named by links already, and without a screen of their own as yet. */
  | { readonly to: 'podcast' | 'episode' | 'gift' | 'recap' };

/** What a link's publisher wrote into it, to know what came of it; '' where nothing. */
export interface LinkMarks {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
}
