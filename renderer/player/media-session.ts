import type { StoreApi } from 'zustand/vanilla';
import type { SessionView } from '../../shared/session.ts';
import { coverUrl } from '../../shared/urls.ts';
import type { SessionStore } from './session-store.ts';
import { silence } from './silence.ts';

/** What the system's media controls are reached by; tests hand in theirs. */
export interface MediaControls {
  readonly session: Pick<
    MediaSession,
    'metadata' | 'playbackState' | 'setActionHandler' | 'setPositionState'
  >;
  /** Silent, and without end: the system shows nobody who plays by Web Audio alone. */
  readonly element: Pick<HTMLMediaElement, 'play' | 'pause'>;
  readonly describe: (metadata: MediaMetadataInit) => MediaMetadata;
  /** The picture at the address, as a `blob:` address: others are not fetched for the system. */
  readonly loadPicture: (address: string) => Promise<string>;
  readonly dropPicture: (blobAddress: string) => void;
}

const jumpSeconds = 10;
const artSize = 320;
/** The system counts on by itself; this keeps it from drifting. */
const positionStepSeconds = 1;

/**
 * Shows what plays in the media controls of Windows and macOS, and follows their buttons and the
 * media keys. On Linux main speaks MPRIS instead.
 */
export function connectMediaSession(store: StoreApi<SessionStore>, controls: MediaControls): void {
  const { session, element } = controls;
  let toldSeconds = 0;
  let art: { readonly cover: string; readonly address: string | null } | null = null;

  function follow(view: SessionView): void {
    const isPlaying = view.status === 'playing';
    // Refused only before the page may make sound, and then there is nothing to show yet.
    if (isPlaying) element.play().catch(() => undefined);
    else element.pause();
    session.playbackState = view.status === 'idle' ? 'none' : view.status;
    lookForArt(view.adBreak === null ? (view.now?.track.cover ?? null) : null);
    session.metadata = metadataOf(view);
    offerActions(view);
    tellPosition();
  }

  function metadataOf({ adBreak, now }: SessionView): MediaMetadata | null {
    if (adBreak !== null) {
      return controls.describe({ title: adBreak.title, artist: adBreak.advertiser });
    }
    if (now === null) return null;
    const { title, artist, album } = now.track;
    const address = art?.address ?? null;
    const artwork = address === null ? [] : [{ src: address, type: 'image/jpeg' }];
    return controls.describe({ title, artist, album, artwork });
  }

  function lookForArt(cover: string | null): void {
    if (cover === (art?.cover ?? null)) return;
    const before = art?.address ?? null;
    if (before !== null) controls.dropPicture(before);
    art = cover === null ? null : { cover, address: null };
    if (cover !== null) void loadArt(cover);
  }

  async function loadArt(cover: string): Promise<void> {
    const address = await controls.loadPicture(coverUrl(cover, artSize)).catch(() => null);
    if (address === null) return;
    if (art?.cover !== cover) {
      controls.dropPicture(address);
      return;
    }
    art = { cover, address };
    session.metadata = metadataOf(store.getState().view);
  }

  function tellPosition(): void {
    const { view, positionSeconds } = store.getState();
    toldSeconds = positionSeconds;
    const duration = view.adBreak?.seconds ?? view.now?.track.seconds ?? 0;
    if (duration <= 0) {
      session.setPositionState();
      return;
    }
    const position = Math.max(0, Math.min(positionSeconds, duration));
    const playbackRate = view.adBreak === null ? view.speed : 1;
    session.setPositionState({ duration, position, playbackRate });
  }

  /** A button without a handler is shown as one that can't be pressed. */
  function offerActions(view: SessionView): void {
    const { togglePlay, next, previous, seek } = store.getState();
    const canSeek = view.now !== null && view.adBreak === null;
    const isPlaying = view.status === 'playing';
    const seekBy = (seconds: number) => {
      const length = store.getState().view.now?.track.seconds ?? 0;
      const target = store.getState().positionSeconds + seconds;
      void seek(Math.max(0, Math.min(target, length)));
    };
    const actions: Record<SteeredAction, MediaSessionActionHandler | null> = {
      play: view.canPlay && !isPlaying ? () => void togglePlay() : null,
      pause: isPlaying ? () => void togglePlay() : null,
      stop: isPlaying
        ? () => {
            void togglePlay();
            if (canSeek) void seek(0);
          }
        : null,
      nexttrack: view.canNext ? () => void next() : null,
      previoustrack: view.canPrevious ? () => void previous() : null,
      seekforward: canSeek ? ({ seekOffset }) => seekBy(seekOffset ?? jumpSeconds) : null,
      seekbackward: canSeek ? ({ seekOffset }) => seekBy(-(seekOffset ?? jumpSeconds)) : null,
      seekto: canSeek ? ({ seekTime }) => void seek(seekTime ?? 0) : null,
    };
    for (const action of steeredActions) session.setActionHandler(action, actions[action]);
  }

  follow(store.getState().view);
  store.subscribe(({ view, positionSeconds }, before) => {
    if (view !== before.view) follow(view);
    else if (Math.abs(positionSeconds - toldSeconds) >= positionStepSeconds) tellPosition();
  });
}

const steeredActions = [
  'play',
  'pause',
  'stop',
  'nexttrack',
  'previoustrack',
  'seekforward',
  'seekbackward',
  'seekto',
] as const;
type SteeredAction = (typeof steeredActions)[number];

/** The system's own controls. */
export function systemMediaControls(): MediaControls {
  const element = new Audio(URL.createObjectURL(silence()));
  element.loop = true;
  return {
    session: navigator.mediaSession,
    element,
    describe: (metadata) => new MediaMetadata(metadata),
    async loadPicture(address) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return URL.createObjectURL(await answer.blob());
    },
    dropPicture: (address) => URL.revokeObjectURL(address),
  };
}
