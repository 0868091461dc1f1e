import type { EngineReport, SessionView } from '../../shared/session.ts';
import type { CoverSize } from '../../shared/urls.ts';
import type { MprisState } from './mpris/properties.ts';
import type { NowShown } from './now-shown.ts';
import { nowShown } from './now-shown.ts';
import { createPlayClock } from './play-clock.ts';

/** Follows the session for all parts of the desktop that show it. */
export interface Presenter {
  readonly follow: (view: SessionView) => void;
  readonly heard: (report: EngineReport) => void;
  readonly shown: () => NowShown;
  readonly state: () => MprisState;
  /** Of what plays, in seconds. */
  readonly position: () => number;
  /** What plays is stopped, not paused, until it plays again. */
  readonly halt: () => void;
}

export interface PresenterParts {
  /** Absolute path of the picture; null: there is none. */
  readonly cover: (hash: string, size: CoverSize) => Promise<string | null>;
  /** A clock in milliseconds that never goes back. */
  readonly monotonic: () => number;
  /** What is shown is new, or its picture is. */
  readonly changed: () => void;
  /** The position is not where time alone would have led. */
  readonly jumped: () => void;
  readonly trouble: (what: string, cause: unknown) => void;
}

const artSize = 320;

/** @param first the session as it is */
export function createPresenter(first: SessionView, parts: PresenterParts): Presenter {
  const clock = createPlayClock(parts.monotonic);
  let shown = nowShown(first);
  let haltedPlay: number | null = null;
  let art: { readonly hash: string; readonly file: string | null } | null = null;
  clock.follow(first);
  lookForArt();

  function lookForArt(): void {
    const hash = shown.item?.cover ?? null;
    if (hash === art?.hash) return;
    art = hash === null ? null : { hash, file: null };
    if (hash === null) return;
    parts.cover(hash, artSize).then(
      (file) => {
        if (art?.hash !== hash || file === null) return;
        art = { hash, file };
        parts.changed();
      },
      (cause: unknown) => parts.trouble('A cover for the desktop', cause),
    );
  }

  return {
    follow(view) {
      const jumped = clock.follow(view);
      shown = nowShown(view);
      if (shown.status === 'playing' || shown.item?.play !== haltedPlay) haltedPlay = null;
      lookForArt();
      parts.changed();
      if (jumped) parts.jumped();
    },
    heard(report) {
      if (clock.heard(report)) parts.jumped();
    },
    shown: () => shown,
    state: () => ({
      shown,
      artFile: art?.file ?? null,
      halted: haltedPlay !== null,
    }),
    position: clock.seconds,
    halt() {
      haltedPlay = shown.item?.play ?? null;
    },
  };
}
