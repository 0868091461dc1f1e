import type { Input, Notice, Output, RequestName, UndoStep } from '../../shared/contract.ts';
import type { LibraryChange } from '../../shared/library.ts';
import type { BreakStanding } from '../../shared/qa.ts';
import type { SessionView } from '../../shared/session.ts';
import type { Feature } from '../../shared/tier.ts';
import type { Id, TrackList } from '../../shared/track.ts';
import type { LoopPoints, Playable } from '../../shared/track-sound.ts';
import type { AdBreaks } from './ads-port.ts';
import type { SessionSound } from './session-state.ts';
import type { SessionStore } from './session-store.ts';

/** What the player needs from the other parts; the composition root hands it over. */
export interface PlayerParts {
  readonly library: {
    trackIds(list: TrackList): Promise<Uint32Array>;
    /** Rows in any order; ids that are gone are left out. */
    playables(ids: readonly Id[]): Promise<readonly Playable[]>;
    /** Saves the points of a track's loop; null: it has none. */
    setLoop(trackId: Id, points: LoopPoints | null): Promise<void>;
  };
  readonly store: SessionStore;
  readonly ads: AdBreaks;
  readonly allows: (feature: Feature) => boolean;
  /** The listener's settings as they are now. */
  readonly sound: () => SessionSound;
  /** Wall clock, milliseconds. */
  readonly now: () => number;
  /** A clock that never goes back, milliseconds. */
  readonly monotonic: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** The view is new in more than its position. */
  readonly changed: (view: SessionView) => void;
  readonly notice: (notice: Notice) => void;
  /** A play counts: 30 s or half of the track were heard. `at` in milliseconds of the wall clock. */
  readonly heard: (trackId: Id, at: number) => void;
  readonly offerUndo: (step: UndoStep, takeBack: () => Promise<void>) => void;
  /** For the log: something failed that the listener need not hear of. */
  readonly trouble: (what: string, cause: unknown) => void;
}

/** One method for each `session.*` request, so that a missing one does not compile. */
type SessionMethods = {
  readonly [
    Name in RequestName as Name extends `session.${infer Short}` ? Short : never
  ]: Input<Name> extends undefined
    ? () => Promise<Output<Name>>
    : (input: Input<Name>) => Promise<Output<Name>>;
};

export interface Player extends SessionMethods {
  /** The answers of `allows` may be others now. */
  tierChanged(): void;
  /** The answer of `sound` may be another now. */
  soundChanged(): void;
  libraryChanged(change: Partial<LibraryChange>): void;
  /** To be called about once a second: watches over spots and saves the position. */
  tick(): void;
  /** Saves what is not saved yet; to be awaited before quitting. */
  close(): Promise<void>;
  /** Audible seconds until a break may fall due, 0 when it is due; null when there are no breaks. */
  secondsUntilBreak(): number | null;
  /** For testers; null in other builds, and before the session is loaded. */
  breakStanding(): BreakStanding | null;
  /** For QA builds' moved clock: as if so many seconds of music had been heard. */
  passTime(seconds: number): void;
}
