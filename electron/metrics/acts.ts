import type { Input, Output, RequestName } from '../../shared/contract.ts';
import type { Note } from './recorder.ts';
import type { LinkStep } from './registry.ts';

/** Notes what the listener does, by the requests of the window that were answered well. */
export interface Acts {
  readonly answered: <Name extends RequestName>(
    name: Name,
    input: Input<Name>,
    output: Output<Name>,
  ) => void;
  /** To be called about once a second. */
  readonly tick: () => void;
}

export interface ActsParts {
  readonly note: Note;
  readonly reached: (step: LinkStep) => void;
  /** Milliseconds on a clock that never goes back. */
  readonly monotonic: () => number;
}

/** Music within this time after a search came of it; letters typed meanwhile are the same search. */
const searchMilliseconds = 60_000;

type Answered = {
  readonly [Name in RequestName]?: (input: Input<Name>, output: Output<Name>) => void;
};

export function createActs({ note, reached, monotonic }: ActsParts): Acts {
  let search: { readonly at: number; readonly found: boolean } | null = null;

  function endSearch(played: boolean): void {
    if (search !== null) note('search.ended', { found: search.found, played });
    search = null;
  }

  function tick(): void {
    if (search !== null && monotonic() - search.at > searchMilliseconds) endSearch(false);
  }

  function played(): void {
    tick();
    endSearch(true);
  }

  function saved(type: 'track.liked' | 'playlist.filled'): void {
    note(type, {});
    reached('link.saved');
  }

  function repeated(): void {
    note('feature.used', { feature: 'repeat_track' });
    reached('link.feature_used');
  }

  const acts: Answered = {
    'library.search': ({ text }, { tracks, albums, artists, playlists }) => {
      if (text.trim() === '') return;
      tick();
      const found = [tracks, albums, artists, playlists].some(({ length }) => length > 0);
      search = { at: monotonic(), found };
    },
    'session.play': played,
    'session.jump': played,
    'session.enqueue': played,
    'library.setLiked': ({ liked }) => liked && saved('track.liked'),
    'playlists.create': () => saved('playlist.filled'),
    'playlists.add': () => saved('playlist.filled'),
    'session.setRepeat': ({ repeat }) => repeat === 'track' && repeated(),
    'session.repeatTimes': repeated,
    'session.startLoop': repeated,
    'metrics.offerShown': ({ from }) => note('offer.shown', { from }),
    'links.shown': () => reached('link.target_shown'),
  };

  return {
    answered: (name, input, output) => acts[name]?.(input, output),
    tick,
  };
}
