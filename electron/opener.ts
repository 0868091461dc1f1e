import type { Notice } from '../shared/contract.ts';
import type { LinkTarget } from '../shared/link.ts';
import type { TrackList } from '../shared/track.ts';
import { type Link, parseLink } from './links.ts';
import type { Switches } from './switches.ts';

/** What a start of the app was given to open. */
export type Given = Pick<Switches, 'folders' | 'sample' | 'paths' | 'link'>;

/** Opens what comes from outside: folders, files, links. */
export interface Opener {
  /** A link from outside navigates or does nothing, and is kept as a touch. */
  readonly open: (given: Given) => Promise<void>;
  /** Folders join the library; single files play at once, in the order given. */
  readonly openPaths: (paths: readonly string[]) => Promise<void>;
  readonly addSample: () => Promise<void>;
  /**
   * Of our own: a `refrain:` link navigates, an `https:` one opens in the browser; others do nothing.
   */
  readonly openLink: (address: string) => void;
}

export interface OpenerParts {
  readonly library: {
    addFolder(path: string, options: { readonly sample: boolean }): Promise<number>;
    addPaths(paths: readonly string[]): Promise<{
      readonly trackIds: readonly number[];
      readonly rejected: readonly unknown[];
    }>;
  };
  readonly player: {
    play(input: { readonly tracks: TrackList; readonly start: number }): Promise<void>;
  };
  readonly sampleFolder: string;
  readonly navigate: (target: LinkTarget) => void;
  readonly touched: (link: Link) => void;
  readonly notice: (notice: Notice) => void;
  readonly openInBrowser: (address: string) => Promise<void>;
}

export function createOpener(parts: OpenerParts): Opener {
  const { library, player, navigate, notice } = parts;

  async function addFolder(path: string, sample: boolean): Promise<void> {
    await library
      .addFolder(path, { sample })
      .catch(() => notice({ kind: 'paths_not_music', count: 1 }));
  }

  async function openPaths(paths: readonly string[]): Promise<void> {
    const { trackIds, rejected } = await library.addPaths(paths);
    if (rejected.length > 0) notice({ kind: 'paths_not_music', count: rejected.length });
    if (trackIds.length === 0) return;
    await player.play({ tracks: { from: 'tracks', ids: [...trackIds] }, start: 0 });
  }

  function openLink(address: string): void {
    const link = parseLink(address);
    if (link !== null) navigate(link.target);
    else if (address.startsWith('https:')) void parts.openInBrowser(address);
  }

  function openDeepLink(address: string): void {
    const link = parseLink(address);
    if (link === null) return;
    parts.touched(link);
    navigate(link.target);
  }

  return {
    async open({ folders, sample, paths, link }) {
      // It waits for nothing.
      if (link !== null) openDeepLink(link);
      for (const folder of folders) await addFolder(folder, false);
      if (sample) await addFolder(parts.sampleFolder, true);
      if (paths.length > 0) await openPaths(paths);
    },
    openPaths,
    addSample: () => addFolder(parts.sampleFolder, true),
    openLink,
  };
}
