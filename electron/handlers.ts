import type { RefusedFiles } from '../shared/editing.ts';
import { RefrainError } from '../shared/errors.ts';
import type { EngineReport, SessionView } from '../shared/session.ts';
import type { AboutView } from '../shared/start.ts';
import type { Id } from '../shared/track.ts';
import type { Account } from './account/account.ts';
import type { Ads } from './ads/ads.ts';
import type { LibraryProcess } from './library-process.ts';
import type { Metrics } from './metrics-parts.ts';
import type { Opener } from './opener.ts';
import type { Player } from './playback/player-ports.ts';
import type { PlaylistChange } from './playlists/playlists.ts';
import type { Remote } from './remote.ts';
import type { SettingsStore } from './settings/settings.ts';
import type { PartHandlers, QaHandlers, StartHandlers } from './shell/answer.ts';
import type { StartQuestion } from './start.ts';
import type { Undo } from './undo.ts';

/** What the window's requests are handed to. */
export interface Parts {
  readonly library: Remote<LibraryProcess>['library'];
  readonly playlists: Remote<LibraryProcess>['playlists'];
  readonly editing: Remote<LibraryProcess>['editing'];
  readonly snapshots: Remote<LibraryProcess>['snapshots'];
  readonly player: Player;
  readonly account: Account;
  readonly ads: Ads;
  readonly metrics: Metrics;
  readonly settings: SettingsStore;
  readonly undo: Undo;
  /** Asks the listener for a folder; null when they changed their mind. */
  readonly chooseFolder: () => Promise<string | null>;
  /** The same for a picture. */
  readonly choosePicture: () => Promise<string | null>;
  /** Asks the listener where to keep a text; false when they changed their mind. */
  readonly saveText: (text: string, proposedName: string) => Promise<boolean>;
  /** Tells the listener of files that an edit could not be taken back in. */
  readonly editsRefused: (refused: RefusedFiles) => void;
  /** Opens the system's file manager where a file of the library lies. */
  readonly showInFolder: (path: string) => void;
  readonly restartAudioService: () => void;
  /** Hears where the sound is. */
  readonly heard: (report: EngineReport) => void;
  readonly toggleMini: () => void;
  readonly opener: Opener;
  /** Null outside QA builds. */
  readonly qa: QaHandlers | null;
}

export function startHandlers(
  question: StartQuestion,
  about: AboutView,
  shown: () => void,
): StartHandlers {
  return {
    'start.problem': () => question.problem(),
    'start.choose': ({ choice }) => question.choose(choice),
    'start.about': () => about,
    'start.ready': () => shown(),
  };
}

/** The table of contents of the main process: who answers what. */
export function partHandlers(parts: Parts): PartHandlers {
  const { library, playlists, editing, snapshots, player, account, ads, settings, undo, qa } =
    parts;

  /** Offers to take the change of a playlist back; null: nothing changed. */
  async function undoable<Change extends PlaylistChange | null>(
    changing: Promise<Change>,
  ): Promise<Change> {
    const change = await changing;
    if (change !== null) undo.offer(change.step, () => playlists.restore(change.before));
    return change;
  }

  return {
    'library.home': () => library.loadHome(),
    'library.trackIds': (list) => library.loadTrackIds(list),
    'library.tracks': ({ ids }) => library.tracks(ids),
    'library.details': ({ id }) => library.details(id),
    'library.albumIds': (list) => library.loadAlbumIds(list),
    'library.albums': ({ ids }) => library.albums(ids),
    'library.artistIds': () => library.artistIds(),
    'library.artists': ({ ids }) => library.artists(ids),
    'library.genres': () => library.loadGenres(),
    'library.search': (query) => library.loadSearch(query),
    'library.sources': () => library.sources(),
    'library.folder': (place) => library.folder(place),
    'library.chooseFolder': async () => {
      const folder = await parts.chooseFolder();
      if (folder === null) return false;
      await library.addFolder(folder, { sample: false });
      return true;
    },
    'library.addPaths': ({ paths }) => parts.opener.openPaths(paths),
    'library.addSample': () => parts.opener.addSample(),
    'library.removeSource': ({ id }) => library.removeSource(id),
    'library.rescan': () => library.rescan(),
    'library.cancelScan': () => library.cancelScan(),
    'library.scan': () => library.scan(),
    'library.missing': () => library.missing(),
    'library.keepMissing': ({ source }) => library.keepMissing(source),
    'library.letGo': ({ source }) => library.letGo(source),
    'library.duplicates': ({ kind, after }) => library.duplicates(kind, after),
    'library.showInFolder': async ({ id }) => {
      const file = await library.file(id);
      if (file === null) throw new RefrainError('not_found', 'There is no such track');
      parts.showInFolder(file.path);
    },
    'library.setLiked': async ({ ids, liked }) => {
      const before = await library.setLiked(ids, liked);
      const count = before.ids.length;
      if (count > 0)
        undo.offer({ kind: 'liked', count, name: '' }, () => library.restoreLikes(before));
    },

    'library.setRating': async ({ ids, stars }) => {
      const before = await library.setRating(ids, stars);
      const count = before.reduce((sum, rated) => sum + rated.ids.length, 0);
      if (count === 0) return;
      undo.offer({ kind: 'rated', count, name: '' }, async () => {
        for (const rated of before) await library.setRating(rated.ids, rated.stars);
      });
    },

    'library.pairJoin': ({ first, second }) => library.pairJoin(first, second),
    'library.setPairJoin': ({ first, second, crossfadeSeconds }) =>
      library.setPairJoin(first, second, crossfadeSeconds),

    'editing.sheet': ({ ids }) => editing.sheet(ids),
    'editing.chooseCover': async () => {
      const path = await parts.choosePicture();
      return path === null ? null : editing.chooseCover(path);
    },
    'editing.takeCover': ({ path }) => editing.chooseCover(path),
    'editing.preview': (wish) => editing.preview(wish),
    'editing.apply': async ({ preview }) => {
      // Told once more: a library process that was started anew has not heard of it.
      await editing.setInUse(tracksInUse(await player.get()));
      const result = await editing.apply(preview);
      const count = result.written + result.waiting;
      if (count > 0) {
        undo.offer({ kind: 'tags_edited', count, name: '' }, async () => {
          const refused = await editing.undo(result.edit);
          if (refused.count > 0) parts.editsRefused(refused);
        });
      }
      return result;
    },
    'editing.cancel': () => editing.cancel(),

    'playlists.all': () => playlists.all(),
    'playlists.items': ({ id }) => playlists.items(id),
    'playlists.create': async ({ name, tracks }) =>
      (await undoable(playlists.create(name, tracks))).id,
    'playlists.rename': async ({ id, name }) => {
      await undoable(playlists.rename(id, name));
    },
    'playlists.remove': async ({ id }) => {
      await undoable(playlists.remove(id));
    },
    'playlists.duplicate': async ({ id }) => (await undoable(playlists.duplicate(id))).id,
    'playlists.add': async ({ id, tracks }) => {
      await undoable(playlists.add(id, tracks));
    },
    'playlists.removeItems': async ({ id, itemIds }) => {
      await undoable(playlists.removeItems(id, itemIds));
    },
    'playlists.moveItems': async ({ id, itemIds, before }) => {
      await undoable(playlists.moveItems(id, itemIds, before));
    },

    'sounds.next': async () => library.nextUnmeasured(await awaitedTracks(player)),
    'sounds.keep': ({ id, modified, measured }) => library.keepMeasured({ id, modified }, measured),
    'sounds.waveform': ({ id }) => library.waveform(id),

    'session.get': player.get,
    'session.queue': player.queue,
    'session.play': player.play,
    'session.enqueue': player.enqueue,
    'session.jump': player.jump,
    'session.removeEntries': player.removeEntries,
    'session.moveEntries': player.moveEntries,
    'session.clear': player.clear,
    'session.resume': player.resume,
    'session.pause': player.pause,
    'session.next': player.next,
    'session.previous': player.previous,
    'session.seek': player.seek,
    'session.setVolume': player.setVolume,
    'session.setMuted': player.setMuted,
    'session.setShuffle': player.setShuffle,
    'session.setRepeat': player.setRepeat,
    'session.repeatTimes': player.repeatTimes,
    'session.setLoopPoint': player.setLoopPoint,
    'session.startLoop': player.startLoop,
    'session.stopLoop': player.stopLoop,
    'session.clearLoop': player.clearLoop,
    'session.setSleep': player.setSleep,
    'session.setStopAfter': player.setStopAfter,
    'session.skipSpot': player.skipSpot,
    'session.earnQuiet': player.earnQuiet,
    'session.dropQuiet': player.dropQuiet,
    'session.report': (report) => {
      parts.heard(report);
      return player.report(report);
    },

    'undo.last': () => undo.last(),

    'account.get': () => account.view(),
    'account.signIn': ({ way }) => account.signIn(way),
    'account.checkout': (order) => account.checkout(order),
    'account.openPortal': () => account.openPortal(),
    'account.giveUpVisit': () => account.giveUpVisit(),
    'account.signOut': () => account.signOut(),
    'account.plans': () => account.plans(),
    'account.cancel': () => account.cancel(),
    'account.resume': () => account.resume(),
    'account.refresh': () => account.refresh(),
    'account.devices': () => account.devices(),
    'account.removeDevice': ({ id }) => account.removeDevice(id),
    'account.export': async () => parts.saveText(await account.exported(), 'refrain-account.json'),
    'account.erase': ({ email }) => account.erase(email),

    'ads.banner': () => ads.banner(),
    'ads.dismissBanner': ({ id }) => ads.dismissBanner(id),
    'ads.open': ({ from }) => ads.open(from),
    'ads.ledger': () => ads.ledger(player.secondsUntilBreak()),
    'ads.outbox': () => ads.outboxView(),
    'ads.judge': ({ creative, judgement, on }) => {
      ads.judge(creative, judgement, on);
      return ads.ledger(player.secondsUntilBreak());
    },
    'ads.keepMeasured': ads.keepMeasured,

    'metrics.inspect': () => parts.metrics.inspect(),
    'metrics.figures': () => parts.metrics.figures(),
    'metrics.preview': ({ level }) => parts.metrics.preview(level),
    'metrics.removeAll': () => parts.metrics.removeAll(),
    // Said to be noted, which every request is that is answered.
    'metrics.offerShown': () => undefined,
    'links.shown': () => undefined,

    'snapshots.all': () => snapshots.all(),
    'snapshots.make': async () => (await snapshots.make()) !== null,
    'snapshots.preview': ({ id }) => snapshots.preview(id),
    'snapshots.restore': async ({ id }) => {
      const before = await snapshots.restore(id);
      undo.offer({ kind: 'library_restored', count: 1, name: '' }, async () => {
        await snapshots.restore(before);
      });
    },

    'sound.restart': () => parts.restartAudioService(),

    'window.toggleMini': () => parts.toggleMini(),

    'settings.get': () => settings.get(),
    'settings.change': (patch) => settings.change(patch),

    // Testers' requests are in the contract of QA builds alone.
    ...qa,
  };
}

/** The tracks whose files the engine reads or is going to read. */
export function tracksInUse({ now, next }: SessionView): Id[] {
  return [now, next].flatMap((play) => (play === null ? [] : [play.track.id]));
}

/** So much of the queue is measured before the rest of the library. */
const tracksAhead = 100;

async function awaitedTracks(player: Player) {
  const urgent = tracksInUse(await player.get());
  const { trackIds, index } = await player.queue();
  return { urgent, soon: Array.from(trackIds.subarray(index + 1, index + 1 + tracksAhead)) };
}
