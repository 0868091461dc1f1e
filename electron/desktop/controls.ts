import { fileURLToPath } from 'node:url';
import { RefrainError } from '../../shared/errors.ts';
import type { RepeatMode } from '../../shared/session.ts';
import { leastSpeed, mostSpeed } from '../../shared/sound-limits.ts';
import type { NowShown } from './now-shown.ts';

/** What a desktop may ask of the player. What can't be done just now does nothing. */
export interface Controls {
  readonly play: () => void;
  readonly pause: () => void;
  readonly playPause: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  /** Pauses, with the track at its start again. */
  readonly stop: () => void;
  readonly seek: (seconds: number) => void;
  /** @param volume taken into 0 … 1 */
  readonly setVolume: (volume: number) => void;
  readonly setShuffle: (shuffle: boolean) => void;
  readonly setRepeat: (repeat: RepeatMode) => void;
  /** Does nothing outside of the speeds there are. */
  readonly setSpeed: (speed: number) => void;
  /** A `file:` address is played, a `refrain:` link followed; others do nothing. */
  readonly open: (address: string) => void;
  readonly show: () => void;
  readonly quit: () => void;
}

export interface ControlParts {
  readonly player: {
    resume(): Promise<void>;
    pause(): Promise<void>;
    next(): Promise<void>;
    previous(): Promise<void>;
    seek(input: { readonly seconds: number }): Promise<void>;
    setVolume(input: { readonly volume: number }): Promise<void>;
    setMuted(input: { readonly muted: boolean }): Promise<void>;
    setShuffle(input: { readonly shuffle: boolean }): Promise<void>;
    setRepeat(input: { readonly repeat: RepeatMode }): Promise<void>;
  };
  readonly opener: {
    openPaths(paths: readonly string[]): Promise<void>;
    openLink(address: string): void;
  };
  readonly setSpeed: (speed: number) => Promise<unknown>;
  readonly shown: () => NowShown;
  readonly show: () => void;
  readonly quit: () => void;
  /** For the log. */
  readonly trouble: (what: string, cause: unknown) => void;
}

const longestAddress = 4096;

export function createControls(parts: ControlParts): Controls {
  const { player, opener, shown } = parts;

  function attempt(asked: Promise<unknown>): void {
    asked.catch((error: unknown) => {
      // What the tier doesn't allow is refused; there is nobody here to make an offer to.
      if (error instanceof RefrainError && error.code === 'not_allowed') return;
      parts.trouble('The desktop asked for something', error);
    });
  }

  function play(): void {
    if (shown().canPlay) attempt(player.resume());
  }

  function pause(): void {
    attempt(player.pause());
  }

  return {
    play,
    pause,
    playPause: () => {
      if (shown().status === 'playing') pause();
      else play();
    },
    next: () => {
      if (shown().canNext) attempt(player.next());
    },
    previous: () => {
      if (shown().canPrevious) attempt(player.previous());
    },
    stop: () => {
      attempt(player.pause());
      if (shown().canSeek) attempt(player.seek({ seconds: 0 }));
    },
    seek: (seconds) => {
      if (shown().canSeek) attempt(player.seek({ seconds: Math.max(0, seconds) }));
    },
    setVolume: (volume) => {
      attempt(player.setVolume({ volume: Math.max(0, Math.min(1, volume)) }));
      if (volume > 0) attempt(player.setMuted({ muted: false }));
    },
    setShuffle: (shuffle) => attempt(player.setShuffle({ shuffle })),
    setRepeat: (repeat) => attempt(player.setRepeat({ repeat })),
    setSpeed: (speed) => {
      if (speed >= leastSpeed && speed <= mostSpeed) attempt(parts.setSpeed(speed));
    },
    open: (address) => {
      if (address.length > longestAddress) return;
      if (address.startsWith('refrain://')) opener.openLink(address);
      const path = pathOf(address);
      if (path !== null) attempt(opener.openPaths([path]));
    },
    show: parts.show,
    quit: parts.quit,
  };
}

/** Of a file on this machine; null: there is none in this address. */
function pathOf(address: string): string | null {
  if (!address.startsWith('file:')) return null;
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}
