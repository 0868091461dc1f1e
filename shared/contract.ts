import { z } from 'zod';
import type { AccountView, DeviceView, PlanView, VisitOutcome } from './account.ts';
import { PlanId, QaPaymentAct, QaTier } from './account.ts';
import { AdJudgement, type AdLedger, type BannerView, MeasuredAd, type OutboxView } from './ads.ts';
import type {
  ChosenCover,
  EditPreview,
  EditProgress,
  EditResult,
  EditSheet,
  RefusedFiles,
} from './editing.ts';
import { EditedTracks, EditWish } from './editing.ts';
import type { ErrorCode } from './errors.ts';
import type {
  Album,
  Artist,
  DuplicatePage,
  FolderPage,
  Genre,
  Home,
  LibraryChange,
  MissingTracks,
  ScanProgress,
  SearchResult,
  Source,
} from './library.ts';
import { AlbumList, DuplicateKind } from './library.ts';
import type { LinkTarget } from './link.ts';
import type { Figures, InspectorView } from './metrics.ts';
import type { SoundsChange, UnmeasuredTrack } from './measured-sound.ts';
import { Measured } from './measured-sound.ts';
import type { Playlist, PlaylistItems } from './playlist.ts';
import { PlaylistName } from './playlist.ts';
import type { QaView } from './qa.ts';
import { QaAdOutcome } from './qa.ts';
import type { QueueView, SessionView } from './session.ts';
import { EngineReport, Practice, RepeatMode, Sleep } from './session.ts';
import type { Settings } from './settings.ts';
import { SettingsPatch } from './settings.ts';
import { mostCrossfadeSeconds } from './sound-limits.ts';
import type { RestorePreview, Snapshot } from './snapshots.ts';
import { SnapshotId } from './snapshots.ts';
import type { AboutView, StartProblem } from './start.ts';
import { StartChoice } from './start.ts';
import type { Track } from './track.ts';
import type { TrackDetails } from './track-details.ts';
import { Id, TrackIds, TrackList } from './track.ts';

/**
 * Every request that the window may make, one line each. Main checks the input against the schema
 * before a handler sees it; the output is main's own and travels unchecked.
 */
const listenerRequests = {
  'start.problem': takes(none()).gives<StartProblem | null>(),
  'start.choose': takes(z.object({ choice: StartChoice })).gives<void>(),
  'start.about': takes(none()).gives<AboutView>(),
  /** The window shows its first screen. */
  'start.ready': takes(none()).gives<void>(),

  'library.home': takes(none()).gives<Home>(),
  'library.trackIds': takes(TrackList).gives<Uint32Array>(),
  'library.tracks': takes(z.object({ ids: page() })).gives<readonly Track[]>(),
  /** Null: there is no such track, or its file said nothing. */
  'library.details': takes(z.object({ id: Id })).gives<TrackDetails | null>(),
  'library.albumIds': takes(AlbumList).gives<Uint32Array>(),
  'library.albums': takes(z.object({ ids: page() })).gives<readonly Album[]>(),
  'library.artistIds': takes(none()).gives<Uint32Array>(),
  'library.artists': takes(z.object({ ids: page() })).gives<readonly Artist[]>(),
  'library.genres': takes(none()).gives<readonly Genre[]>(),
  /** `whole`: however long it takes; otherwise what is found at once may be part of it. */
  'library.search': takes(
    z.object({
      text: z.string().max(200),
      limit: z.int().min(1).max(200),
      whole: z.boolean(),
    }),
  ).gives<SearchResult>(),
  'library.sources': takes(none()).gives<readonly Source[]>(),
  'library.folder': takes(z.object({ source: Id, path: z.string().max(4096) })).gives<FolderPage>(),
  'library.chooseFolder': takes(none()).gives<boolean>(),
  'library.addPaths': takes(
    z.object({ paths: z.array(z.string().min(1).max(4096)).min(1).max(1000) }),
  ).gives<void>(),
  'library.addSample': takes(none()).gives<void>(),
  'library.removeSource': takes(z.object({ id: Id })).gives<void>(),
  'library.rescan': takes(none()).gives<void>(),
  'library.cancelScan': takes(none()).gives<void>(),
  'library.scan': takes(none()).gives<ScanProgress | null>(),
  /** Tracks that wait for the listener's consent to go, by source. */
  'library.missing': takes(none()).gives<readonly MissingTracks[]>(),
  /** The missing tracks of a source stay, and are not asked for again until there are more. */
  'library.keepMissing': takes(z.object({ source: Id })).gives<void>(),
  /** They go, all but those that the listener liked, rated, played or put into a playlist. */
  'library.letGo': takes(z.object({ source: Id })).gives<void>(),
  /** `after` is the `next` of the page before; null: the first. */
  'library.duplicates': takes(
    z.object({ kind: DuplicateKind, after: z.string().max(100_000).nullable() }),
  ).gives<DuplicatePage>(),
  /** Shows a track's file in the system's file manager. */
  'library.showInFolder': takes(z.object({ id: Id })).gives<void>(),
  'library.setLiked': takes(z.object({ ids: TrackIds, liked: z.boolean() })).gives<void>(),
  /** 0 takes the rating back. */
  'library.setRating': takes(
    z.object({ ids: TrackIds, stars: z.int().min(0).max(5) }),
  ).gives<void>(),

  /** Seconds of crossfade from the first track into the second, 0: none; null: by the rules. */
  'library.pairJoin': takes(z.object({ first: Id, second: Id })).gives<number | null>(),
  'library.setPairJoin': takes(
    z.object({
      first: Id,
      second: Id,
      crossfadeSeconds: z.number().min(0).max(mostCrossfadeSeconds).nullable(),
    }),
  ).gives<void>(),

  /** What the files of these tracks say. */
  'editing.sheet': takes(z.object({ ids: EditedTracks })).gives<EditSheet>(),
  /** Asks the listener for a picture; null: they changed their mind. */
  'editing.chooseCover': takes(none()).gives<ChosenCover | null>(),
  /** A picture dropped on the window. */
  'editing.takeCover': takes(z.object({ path: z.string().min(1).max(4096) })).gives<ChosenCover>(),
  /** Looks, and writes nothing. */
  'editing.preview': takes(EditWish).gives<EditPreview>(),
  /** Writes what the newest preview showed; answers when it is done. */
  'editing.apply': takes(z.object({ preview: Id })).gives<EditResult>(),
  'editing.cancel': takes(none()).gives<void>(),

  'playlists.all': takes(none()).gives<readonly Playlist[]>(),
  'playlists.items': takes(z.object({ id: Id })).gives<PlaylistItems>(),
  'playlists.create': takes(
    z.object({ name: PlaylistName, tracks: TrackList.nullable() }),
  ).gives<Id>(),
  'playlists.rename': takes(z.object({ id: Id, name: PlaylistName })).gives<void>(),
  'playlists.remove': takes(z.object({ id: Id })).gives<void>(),
  'playlists.duplicate': takes(z.object({ id: Id })).gives<Id>(),
  'playlists.add': takes(z.object({ id: Id, tracks: TrackList })).gives<void>(),
  'playlists.removeItems': takes(z.object({ id: Id, itemIds: TrackIds })).gives<void>(),
  /** Puts the items, in their present order, in front of `before`; null: at the end. */
  'playlists.moveItems': takes(
    z.object({ id: Id, itemIds: TrackIds, before: Id.nullable() }),
  ).gives<void>(),

  /** What is to be measured now; null: nothing. */
  'sounds.next': takes(none()).gives<UnmeasuredTrack | null>(),
  'sounds.keep': takes(z.object({ id: Id, modified: z.int(), measured: Measured })).gives<void>(),
  /** A byte for each of equally long stretches of the track; null: not known. */
  'sounds.waveform': takes(z.object({ id: Id })).gives<Uint8Array | null>(),

  'session.get': takes(none()).gives<SessionView>(),
  'session.queue': takes(none()).gives<QueueView>(),
  /** Replaces the queue. `start` is a place in the list; null with shuffle: any. */
  'session.play': takes(
    z.object({
      tracks: TrackList,
      start: z.int().min(0).nullable(),
      shuffle: z.boolean().optional(),
    }),
  ).gives<void>(),
  'session.enqueue': takes(
    z.object({ tracks: TrackList, where: z.enum(['next', 'end']) }),
  ).gives<void>(),
  'session.jump': takes(z.object({ entry: Id })).gives<void>(),
  'session.removeEntries': takes(z.object({ entries: TrackIds })).gives<void>(),
  'session.moveEntries': takes(
    z.object({ entries: TrackIds, before: Id.nullable() }),
  ).gives<void>(),
  'session.clear': takes(none()).gives<void>(),
  'session.resume': takes(none()).gives<void>(),
  'session.pause': takes(none()).gives<void>(),
  'session.next': takes(none()).gives<void>(),
  'session.previous': takes(none()).gives<void>(),
  'session.seek': takes(z.object({ seconds: z.number().min(0).max(1e7) })).gives<void>(),
  'session.setVolume': takes(z.object({ volume: z.number().min(0).max(1) })).gives<void>(),
  'session.setMuted': takes(z.object({ muted: z.boolean() })).gives<void>(),
  'session.setShuffle': takes(z.object({ shuffle: z.boolean() })).gives<void>(),
  'session.setRepeat': takes(z.object({ repeat: RepeatMode })).gives<void>(),
  /** What is loaded plays so often altogether. Premium, as the loops below. */
  'session.repeatTimes': takes(z.object({ times: z.int().min(2).max(999) })).gives<void>(),
  /** Saves a point of the loop of what plays; `starts`: it goes round from now on. */
  'session.setLoopPoint': takes(
    z.object({
      play: z.int().min(0),
      point: z.enum(['start', 'end']),
      seconds: z.number().min(0).max(1e7),
      starts: z.boolean(),
    }),
  ).gives<void>(),
  /** Goes round within the saved points, without any in the whole track. `rounds` null: on and on. */
  'session.startLoop': takes(
    z.object({ rounds: z.int().min(2).max(999).nullable(), practice: Practice.nullable() }),
  ).gives<void>(),
  'session.stopLoop': takes(none()).gives<void>(),
  /** Takes the points of what plays away. */
  'session.clearLoop': takes(none()).gives<void>(),
  'session.setSleep': takes(z.object({ sleep: Sleep.nullable() })).gives<void>(),
  /** The queue stops, once, at the end of this entry; null: it does not. */
  'session.setStopAfter': takes(z.object({ entry: Id.nullable() })).gives<void>(),
  'session.skipSpot': takes(none()).gives<void>(),
  /** One ad more, at the next rest, for half an hour without any. `not_now`: no more may be earned. */
  'session.earnQuiet': takes(none()).gives<void>(),
  /** Takes that back, while the ad does not play yet. */
  'session.dropQuiet': takes(none()).gives<void>(),
  'session.report': takes(EngineReport).gives<void>(),

  /** Takes back the newest change that can be taken back; null: there was none. */
  'undo.last': takes(none()).gives<UndoStep | null>(),

  'account.get': takes(none()).gives<AccountView>(),
  // Intents, never a tier: the account service decides and signs, main verifies.
  /** Answered when the visit is over; `AccountView.visit` says meanwhile where it stands. */
  'account.signIn': takes(z.object({ way: z.enum(['browser', 'code']) })).gives<VisitOutcome>(),
  /** As above; signs in first where nobody is. */
  'account.checkout': takes(z.object({ plan: PlanId, trial: z.boolean() })).gives<VisitOutcome>(),
  'account.openPortal': takes(none()).gives<VisitOutcome>(),
  'account.giveUpVisit': takes(none()).gives<void>(),
  'account.signOut': takes(none()).gives<AccountView>(),
  'account.plans': takes(none()).gives<readonly PlanView[]>(),
  /** Premium ends with what is paid. */
  'account.cancel': takes(none()).gives<AccountView>(),
  'account.resume': takes(none()).gives<AccountView>(),
  'account.refresh': takes(none()).gives<AccountView>(),
  'account.devices': takes(none()).gives<readonly DeviceView[]>(),
  'account.removeDevice': takes(z.object({ id: z.string().min(1).max(100) })).gives<void>(),
  /** Asks where to, and writes all that the service keeps. False: they changed their mind. */
  'account.export': takes(none()).gives<boolean>(),
  /** `email`: typed anew by the listener; another than the account's is `invalid`. */
  'account.erase': takes(z.object({ email: z.string().max(254) })).gives<AccountView>(),

  'ads.banner': takes(none()).gives<BannerView | null>(),
  'ads.dismissBanner': takes(z.object({ id: z.string().max(100) })).gives<void>(),
  'ads.open': takes(z.object({ from: z.enum(['banner', 'companion']) })).gives<void>(),
  'ads.ledger': takes(none()).gives<AdLedger>(),
  'ads.outbox': takes(none()).gives<OutboxView>(),
  /** Turns an ad down that was heard, or with `on` false takes that back. */
  'ads.judge': takes(
    z.object({ creative: z.string().max(300), judgement: AdJudgement, on: z.boolean() }),
  ).gives<AdLedger>(),
  /** The answer to `ads.measureWanted`. */
  'ads.keepMeasured': takes(MeasuredAd).gives<void>(),

  /** What Refrain has noted on this machine. */
  'metrics.inspect': takes(none()).gives<InspectorView>(),
  'metrics.figures': takes(none()).gives<Figures>(),
  /** What would leave at a level if the last day's events did, as JSON. */
  'metrics.preview': takes(z.object({ level: z.literal([1, 2]) })).gives<string>(),
  'metrics.removeAll': takes(none()).gives<void>(),
  /** Premium was offered, by this feature or by itself. */
  'metrics.offerShown': takes(
    z.object({ from: z.enum(['ad_free', 'repeat_track', 'premium']) }),
  ).gives<void>(),
  /** The place is shown that a link from outside named. */
  'links.shown': takes(none()).gives<void>(),

  /** Whole copies of the library, newest first. */
  'snapshots.all': takes(none()).gives<readonly Snapshot[]>(),
  /** False: nothing is new since the newest copy, so none was made. */
  'snapshots.make': takes(none()).gives<boolean>(),
  'snapshots.preview': takes(z.object({ id: SnapshotId })).gives<RestorePreview>(),
  'snapshots.restore': takes(z.object({ id: SnapshotId })).gives<void>(),

  /** Makes the window the mini player, or the whole window again. */
  'window.toggleMini': takes(none()).gives<void>(),

  /** Ends Chromium's sound process; it comes anew, and finds a sound server that was restarted. */
  'sound.restart': takes(none()).gives<void>(),

  'settings.get': takes(none()).gives<Settings>(),
  'settings.change': takes(SettingsPatch).gives<Settings>(),
} as const;

/** What testers may ask of a QA build. In a function, so that nothing of it is left in others. */
function testerRequests() {
  return {
    'qa.setTier': takes(z.object({ tier: QaTier })).gives<AccountView>(),
    'qa.payments': takes(z.object({ act: QaPaymentAct })).gives<AccountView>(),
    'qa.moveClock': takes(z.object({ minutes: z.number().min(-1e6).max(1e6) })).gives<QaView>(),
    /** From now on, with the next break that is prepared. */
    'qa.adOutcome': takes(z.object({ outcome: QaAdOutcome })).gives<QaView>(),
    /** As if so much music had been heard that a break is due. */
    'qa.dueBreak': takes(none()).gives<QaView>(),
    /** Takes the way to the account service away, or gives it back. */
    'qa.reach': takes(z.object({ reachable: z.boolean() })).gives<QaView>(),
    'qa.view': takes(none()).gives<QaView>(),
  } as const;
}

type Requests = typeof listenerRequests & ReturnType<typeof testerRequests>;
/** Every request that this build answers. */
export const requests = (
  __QA__ ? { ...listenerRequests, ...testerRequests() } : listenerRequests
) as Requests;

export type QaRequestName = keyof ReturnType<typeof testerRequests>;
export type RequestName = keyof Requests;
export type Input<Name extends RequestName> = z.output<Requests[Name]['input']>;
export type Output<Name extends RequestName> = NonNullable<Requests[Name]['output']>[0];

/** Every event that main sends to the window, with its payload. */
export interface Events {
  readonly 'session.changed': SessionView;
  readonly 'library.changed': LibraryChange;
  readonly 'library.scanned': ScanProgress;
  readonly 'sounds.changed': SoundsChange;
  readonly 'playlists.changed': readonly Playlist[];
  readonly 'account.changed': AccountView;
  readonly 'ads.bannerChanged': BannerView | null;
  /** How loud an ad's sound is must be known before it plays. */
  readonly 'ads.measureWanted': { readonly mediaUrl: string };
  readonly 'settings.changed': Settings;
  readonly 'editing.progressed': EditProgress;
  /** A change that can be taken back was made; the window offers it in a toast. */
  readonly 'undo.offered': UndoStep;
  readonly 'start.problemChanged': StartProblem | null;
  /** Something to tell the listener quietly, by its key in `words/`. */
  readonly 'notice.raised': Notice;
  /** A deep link or an ad's click asks the window to show a place. */
  readonly 'navigation.asked': LinkTarget;
}
export type EventName = keyof Events;

export type UndoStep = {
  readonly kind:
    | 'queue_replaced'
    | 'queue_cleared'
    | 'queue_removed'
    | 'queue_moved'
    | 'queue_added'
    | 'playlist_created'
    | 'playlist_renamed'
    | 'playlist_removed'
    | 'playlist_duplicated'
    | 'playlist_added'
    | 'playlist_items_removed'
    | 'playlist_items_moved'
    | 'library_restored'
    | 'liked'
    | 'rated'
    | 'tags_edited';
  /** How many tracks or entries it was about. */
  readonly count: number;
  readonly name: string;
};

export type Notice =
  | { readonly kind: 'track_failed'; readonly title: string }
  | { readonly kind: 'playback_stopped_after_failures' }
  | { readonly kind: 'spot_held' }
  | { readonly kind: 'quiet_earned'; readonly minutes: number }
  | { readonly kind: 'quiet_missed' }
  | { readonly kind: 'tier_lost' }
  | { readonly kind: 'tier_gained' }
  | { readonly kind: 'library_restored'; readonly from: string }
  | { readonly kind: 'paths_not_music'; readonly count: number }
  /** A link names something that this version, or this library, does not have. */
  | { readonly kind: 'link_not_yet'; readonly to: 'podcast' | 'episode' | 'gift' | 'recap' }
  | { readonly kind: 'link_gone' }
  | { readonly kind: 'output_lost'; readonly name: string; readonly paused: boolean }
  | { readonly kind: 'edits_refused'; readonly refused: RefusedFiles };

/** How every request is answered. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly detail?: string;
    };

interface Request<Schema extends z.ZodType, Value> {
  readonly input: Schema;
  /** Carries a type only; there is never a value. */
  readonly output?: readonly [Value];
}

function takes<Schema extends z.ZodType>(input: Schema) {
  return { gives: <Value>(): Request<Schema, Value> => ({ input }) };
}

function none() {
  return z.undefined();
}

/** Rows travel by page, however long the list. */
function page() {
  return z.array(Id).max(500);
}
