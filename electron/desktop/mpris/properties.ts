import { pathToFileURL } from 'node:url';
import type { RepeatMode } from '../../../shared/session.ts';
import { leastSpeed, mostSpeed } from '../../../shared/sound-limits.ts';
import type { NowShown, ShownItem } from '../now-shown.ts';
import type { Typed } from '../session-bus.ts';

/** Properties as https://specifications.freedesktop.org/mpris-spec/latest/ has them. */
export type Properties = Readonly<Record<string, Typed>>;

export const rootProperties: Properties = {
  Identity: ['s', 'Refrain'],
  /** The name of the installed `.desktop` file. */
  DesktopEntry: ['s', 'refrain'],
  CanQuit: ['b', true],
  CanRaise: ['b', true],
  HasTrackList: ['b', false],
  SupportedUriSchemes: ['as', ['file', 'refrain']],
  SupportedMimeTypes: [
    'as',
    [
      'audio/mpeg',
      'audio/flac',
      'audio/mp4',
      'audio/aac',
      'audio/ogg',
      'audio/opus',
      'audio/wav',
      'audio/aiff',
      'audio/x-ms-wma',
      'audio/x-ape',
      'audio/x-wavpack',
      'audio/x-musepack',
      'audio/x-dsf',
    ],
  ],
};

const loopStatuses = { off: 'None', all: 'Playlist', track: 'Track' } as const;

/** What is shown, and what only MPRIS tells of it. */
export interface MprisState {
  readonly shown: NowShown;
  /** Absolute path of the cover's picture. */
  readonly artFile: string | null;
  /** It was stopped and not merely paused: the two differ for MPRIS alone. */
  readonly halted: boolean;
}

/** All but `Position`, which is never told of and only asked for. */
export function playerProperties({ shown, artFile, halted }: MprisState): Properties {
  const { status, item } = shown;
  return {
    PlaybackStatus: ['s', halted || status === 'stopped' ? 'Stopped' : capitalized(status)],
    LoopStatus: ['s', loopStatuses[shown.repeat]],
    Rate: ['d', shown.speed],
    MinimumRate: ['d', leastSpeed],
    MaximumRate: ['d', mostSpeed],
    Shuffle: ['b', shown.shuffle],
    Volume: ['d', shown.volume],
    Metadata: ['a{sv}', metadata(item, artFile)],
    CanControl: ['b', true],
    CanPlay: ['b', shown.canPlay],
    CanPause: ['b', item !== null],
    CanSeek: ['b', shown.canSeek],
    CanGoNext: ['b', shown.canNext],
    CanGoPrevious: ['b', shown.canPrevious],
  };
}

/** Names what plays for as long as it does. */
export function trackIdOf(item: ShownItem | null): string {
  if (item === null) return '/org/mpris/MediaPlayer2/TrackList/NoTrack';
  return `/app/refrain/${item.kind}/${item.play}`;
}

export function repeatOf(loopStatus: unknown): RepeatMode | null {
  switch (loopStatus) {
    case loopStatuses.off:
      return 'off';
    case loopStatuses.all:
      return 'all';
    case loopStatuses.track:
      return 'track';
    default:
      return null;
  }
}

export function microseconds(seconds: number): number {
  return Math.round(seconds * 1e6);
}

function metadata(item: ShownItem | null, artFile: string | null): Properties {
  const trackid: Typed = ['o', trackIdOf(item)];
  if (item === null) return { 'mpris:trackid': trackid };
  const { seconds, title, artist, album, albumArtist, genre, track, disc } = item;
  return {
    'mpris:trackid': trackid,
    ...(seconds > 0 && { 'mpris:length': ['x', microseconds(seconds)] }),
    ...(artFile !== null && { 'mpris:artUrl': ['s', pathToFileURL(artFile).href] }),
    'xesam:title': ['s', plain(title)],
    ...textList('xesam:artist', artist),
    ...(album !== '' && { 'xesam:album': ['s', plain(album)] }),
    ...textList('xesam:albumArtist', albumArtist),
    ...textList('xesam:genre', genre),
    ...(track !== null && { 'xesam:trackNumber': ['i', track] }),
    ...(disc !== null && { 'xesam:discNumber': ['i', disc] }),
  };
}

function textList(name: string, text: string): Properties {
  return text === '' ? {} : { [name]: ['as', [plain(text)]] };
}

/** D-Bus has no NUL in its strings. */
function plain(text: string): string {
  return text.replaceAll('\0', '');
}

function capitalized(text: 'playing' | 'paused'): string {
  return text === 'playing' ? 'Playing' : 'Paused';
}
