import type { Id } from '../../shared/track.ts';
import type { AdBreakView, Play, RepeatMode, SessionView } from '../../shared/session.ts';

/** What a desktop shows of the session, whatever part of the desktop it is. */
export interface NowShown {
  readonly status: 'stopped' | 'playing' | 'paused';
  /** Null: nothing is loaded. */
  readonly item: ShownItem | null;
  readonly canPlay: boolean;
  readonly canNext: boolean;
  readonly canPrevious: boolean;
  readonly canSeek: boolean;
  /** 0 … 1; 0 while muted. */
  readonly volume: number;
  readonly shuffle: boolean;
  readonly repeat: RepeatMode;
  /** Seconds of music in a second. */
  readonly speed: number;
}

/** A track, or the spot that plays in its place. */
export interface ShownItem {
  readonly kind: 'track' | 'spot';
  /** No other playing, of a track or of a spot, has it. */
  readonly play: number;
  /** Null: a spot. */
  readonly trackId: Id | null;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly albumArtist: string;
  readonly genre: string;
  readonly seconds: number;
  readonly track: number | null;
  readonly disc: number | null;
  readonly cover: string | null;
}

export function nowShown(view: SessionView): NowShown {
  const { adBreak, now } = view;
  const item = adBreak === null ? trackItem(now) : spotItem(adBreak);
  return {
    status: item === null || view.status === 'idle' ? 'stopped' : view.status,
    item,
    canPlay: view.canPlay,
    canNext: view.canNext && adBreak === null,
    canPrevious: view.canPrevious && adBreak === null,
    canSeek: item?.kind === 'track' && item.seconds > 0,
    volume: view.muted ? 0 : view.volume,
    shuffle: view.shuffle,
    repeat: view.repeat,
    speed: adBreak === null ? view.speed : 1,
  };
}

function trackItem(now: Play | null): ShownItem | null {
  if (now === null) return null;
  const { title, artist, album, albumArtist, genre, seconds, track, disc, cover } = now.track;
  const row = { title, artist, album, albumArtist, genre, seconds, track, disc, cover };
  return { kind: 'track', play: now.play, trackId: now.track.id, ...row };
}

function spotItem({ spot, title, advertiser, seconds }: AdBreakView): ShownItem {
  return {
    kind: 'spot',
    play: spot,
    trackId: null,
    title,
    artist: advertiser,
    album: '',
    albumArtist: '',
    genre: '',
    seconds,
    track: null,
    disc: null,
    cover: null,
  };
}
