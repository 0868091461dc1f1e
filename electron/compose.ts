import { join, resolve } from 'node:path';
import { type BrowserWindow, app, safeStorage } from 'electron';
import type { EventName, Events, Reply } from '../shared/contract.ts';
import type { RefusedFiles } from '../shared/editing.ts';
import type { Snapshot } from '../shared/snapshots.ts';
import type { CoverSize } from '../shared/urls.ts';
import { en } from '../shared/words/en.ts';
import {
  configuredService,
  createAccountWithService,
  embeddedServiceFolder,
} from './account-parts.ts';
import { connectAds } from './ads-parts.ts';
import { createMovableClock, systemClock } from './clock.ts';
import { createDesktop } from './desktop/desktop.ts';
import type { Desktop } from './desktop/desktop.ts';
import { openSessionBus } from './desktop/session-bus.ts';
import { type Parts, partHandlers, startHandlers, tracksInUse } from './handlers.ts';
import { passOnLibraryNews } from './library-news.ts';
import type { LibraryEvents, LibraryProcess } from './library-process.ts';
import type { Log } from './log.ts';
import { connectMetrics } from './metrics-parts.ts';
import { type Given, type Opener, createOpener } from './opener.ts';
import { createPlayer } from './playback/player.ts';
import { connect } from './remote.ts';
import { createSettings } from './settings/settings.ts';
import { describeApp } from './shell/about.ts';
import { answer } from './shell/answer.ts';
import { sendEvent } from './shell/ipc.ts';
import { type ChildHost, createChildHost } from './shell/child-host.ts';
import { createSurfaces, desktopWindow } from './shell/desktop-surfaces.ts';
import {
  chooseFolder,
  choosePicture,
  openAccountPage,
  openInBrowser,
  saveText,
  showInFolder,
} from './shell/open.ts';
import { restartSound } from './shell/restart-sound.ts';
import { openSecrets } from './shell/secrets.ts';
import type { WindowShape } from './shell/window-shape.ts';
import { createStartQuestion, openOrAsk } from './start.ts';
import { parseSwitches } from './switches.ts';
import { createUndo } from './undo.ts';

export interface Ground {
  readonly window: BrowserWindow;
  readonly shape: WindowShape;
  /** Runs the library. */
  readonly host: ChildHost;
  /** The folder of this profile's files. */
  readonly profile: string;
  /** The folder that the app was built into. */
  readonly outFolder: string;
  readonly assetsFolder: string;
  readonly log: Log;
}

/** The whole main process as the window and the system see it. Each waits until it has started. */
export interface Composed {
  readonly answer: (name: unknown, input: unknown) => Promise<Reply<unknown>>;
  /** Absolute paths of what the page asks for by id; null when there is none. */
  readonly media: (trackId: number) => Promise<string | null>;
  readonly cover: (hash: string, size: CoverSize) => Promise<string | null>;
  readonly ad: (id: string) => Promise<string | null>;
  /** Opens what another start of the app was given. */
  readonly open: (argv: readonly string[], directory: string) => Promise<void>;
  /** The listener closes the window. @returns whether it was put away, and nothing ends */
  readonly putAway: () => boolean;
  /** Saves what is not saved yet. */
  readonly close: () => Promise<void>;
}

/** Builds the parts and connects them. Only here does one part hear of another. */
export function compose(ground: Ground): Composed {
  const { window, shape, host, profile, outFolder, assetsFolder, log } = ground;
  const switches = parseSwitches(ownArguments(process.argv, process.cwd()), process.cwd(), __QA__);
  const tester = __QA__ ? createMovableClock(switches.qaClock) : null;
  const clock = tester ?? systemClock;
  const about = describeApp(__QA__);
  log.info(`Refrain ${about.version} on Electron ${about.electron}`);
  if (about.standInRuntime) log.info('This Electron is a stand-in, for development only');

  const remote = connect<LibraryProcess, LibraryEvents>(host.port);
  const { library, playlists, editing, snapshots, database } = remote.parts;
  const settings = createSettings(join(profile, 'settings.json'), clock.now);
  const undo = createUndo((step) => send('undo.offered', step));
  const question = createStartQuestion((problem) => send('start.problemChanged', problem));
  let showFirstScreen = (): void => undefined;
  const onScreen = new Promise<void>((resolve) => {
    showFirstScreen = resolve;
  });
  const start = startHandlers(question, about, () => {
    log.info('The window is on screen');
    showFirstScreen();
    tellOfRestore();
  });
  /** The copy that took a damaged library's place, until the window can tell of it. */
  let restored: Snapshot | null = null;
  let desktop: Desktop | null = null;
  let closeAccount = (): Promise<void> => Promise.resolve();
  const starting = startParts();
  const handlers = starting.then((parts) => parts.metrics.watchRequests(partHandlers(parts)));
  handlers.catch((error: unknown) => {
    log.fault('The start failed', error);
    // The window need not wait any longer: each request is answered with the reason.
    question.started();
  });

  return {
    answer: (name, input) => answer(start, handlers, name, input, log),
    media: async (id) => (await library.file(id))?.path ?? null,
    cover: (hash, size) => library.cover(hash, size),
    ad: async (id) => (await starting).ads.mediaFile(id)?.path ?? null,
    putAway: () => desktop?.putAway() ?? false,
    async open(argv, directory) {
      const given = parseSwitches(ownArguments(argv, directory), directory, __QA__);
      // Not before there is a page that can be told.
      const [{ opener }] = await Promise.all([starting, onScreen]);
      await openGiven(opener, given);
    },
    async close() {
      // While the start waits for the listener's choice there is nothing to save.
      if (question.isOpen()) return;
      const { player, ads, metrics } = await starting;
      const closing = [player.close(), ads.close(), metrics.close(), closeAccount()];
      await Promise.allSettled([...closing, settings.settled()]);
      // Asked for and not left to the end of its process, which some systems don't announce.
      await database.close();
    },
  };

  function logged(what: string): (error: unknown) => void {
    return (error) => log.fault(what, error);
  }

  function editsRefused(refused: RefusedFiles): void {
    send('notice.raised', { kind: 'edits_refused', refused });
  }

  function openGiven(opener: Opener, given: Given): Promise<void> {
    return opener.open(given).catch(logged('Opening what was given'));
  }

  function send<Name extends EventName>(name: Name, payload: Events[Name]): void {
    sendEvent(window, name, payload);
  }

  function openLibrary(): Promise<boolean> {
    return openOrAsk(question, database.problem, database.setAside, async (copy) => {
      try {
        await database.goBack(copy.id);
        restored = copy;
      } catch (error) {
        // The listener is asked again.
        log.fault('Going back to a copy of the library', error);
      }
    });
  }

  /** The window may just have been reloaded, after it showed the question. */
  function tellOfRestore(): void {
    if (restored === null || question.isOpen()) return;
    send('notice.raised', { kind: 'library_restored', from: new Date(restored.at).toISOString() });
    restored = null;
  }

  async function startParts(): Promise<Parts> {
    const settled = await openOrAsk(question, settings.load, settings.setAside);
    if (!settled || !(await openLibrary())) {
      app.exit();
      // Nothing more is to be answered: the process is ending.
      return new Promise(() => undefined);
    }
    question.started();

    const secrets = openSecrets(join(profile, 'secrets.json'), safeStorage, clock.now);
    const configured = await configuredService(__SERVICE__, switches.qaService);
    const accountParts = await createAccountWithService({
      profile,
      secrets,
      clock,
      configured,
      host: createChildHost({
        file: join(outFolder, 'main/service-process.js'),
        folder: embeddedServiceFolder(profile),
        name: 'Refrain account service',
        staysUp: false,
        log,
      }),
      openInBrowser: openAccountPage,
      qa: __QA__,
    });
    closeAccount = accountParts.close;
    const { account } = accountParts;
    if (switches.qaTier !== null) await account.setQaTier(switches.qaTier);
    const metrics = connectMetrics({
      store: remote.parts.events,
      links: remote.parts.links,
      standing: account.view(),
      level: () => settings.get().metricsLevel,
      service: configured && accountParts.door,
      version: about.version,
      clock,
      trouble: log.fault,
    });
    // Loaded apart, so that nothing of it is in a release build.
    const testing = __QA__ ? await import('./qa-handlers.ts') : null;
    const outcomes = testing?.createQaOutcomes(join(profile, 'qa-ads')) ?? null;
    const ads = await connectAds({
      profile,
      assetsFolder,
      beacons: remote.parts.beacons,
      service: configured && accountParts.door,
      qaAds: __QA__ ? switches.qaAds : null,
      outcomes,
      qa: __QA__,
      place: {
        locale: app.getLocale(),
        country: app.getLocaleCountryCode(),
        version: about.version,
      },
      clock,
      adFree: () => account.allows('ad_free'),
      askMeasure: (mediaUrl) => send('ads.measureWanted', { mediaUrl }),
      openLink: (address) => opener.openLink(address),
      wasLouder: () => metrics.note('loudness.breached', {}),
      settled: (lost) => metrics.note('beacon.settled', { lost }),
      trouble: log.fault,
    });
    const player = createPlayer({
      library,
      store: remote.parts.session,
      ads: metrics.watchBreaks(ads),
      allows: account.allows,
      sound: () => settings.get().sound,
      now: clock.now,
      monotonic: clock.monotonic,
      random: Math.random,
      changed: (view) => {
        // Before the window, whose engine then asks for the files: they must not change under it.
        void editing.setInUse(tracksInUse(view)).catch(logged('Telling which files are in use'));
        send('session.changed', view);
        desktop?.follow(view);
        metrics.follow(view);
      },
      notice: (notice) => send('notice.raised', notice),
      heard: (id, at) => {
        void library.countPlay(id, at).catch(logged('Counting a play'));
        void library
          .playables([id])
          .then((tracks) => tracks.forEach(({ genre }) => ads.listened(genre)))
          .catch(logged('Following the taste'));
      },
      offerUndo: undo.offer,
      trouble: log.fault,
    });
    const sampleFolder = join(assetsFolder, 'sample-music');
    const opener = createOpener({
      library,
      player,
      sampleFolder,
      navigate: (target) => send('navigation.asked', target),
      touched: metrics.touched,
      notice: (notice) => send('notice.raised', notice),
      openInBrowser: (address) => openInBrowser(address).catch(logged('Opening a browser')),
    });

    account.onChanged((view) => {
      send('account.changed', view);
      player.tierChanged();
      ads.tick();
      metrics.standingChanged(view);
    });
    ads.onBannerChanged((banner) => send('ads.bannerChanged', banner));
    settings.onChanged((changed) => {
      send('settings.changed', changed);
      player.soundChanged();
      void metrics.send();
    });
    passOnLibraryNews({
      on: remote.on,
      port: host.port,
      send,
      player,
      editsRefused,
      damaged() {
        log.info('The library file is damaged');
        void openLibrary()
          .then((opened) => (opened ? question.started() : app.exit()))
          .catch(logged('Asking about a damaged library'));
      },
    });
    setInterval(() => {
      player.tick();
      metrics.tick();
    }, 1000);
    setInterval(() => {
      void account.tick().catch(logged('Keeping the account'));
      ads.tick();
      void metrics.send();
    }, 30_000);
    // What changed on disk while the app was closed is picked up behind the first screen.
    // What the start was given comes after it and joins that scan, whose result is the one shown.
    const shown = createDesktop({
      player,
      opener,
      settings,
      cover: (hash, size) => library.cover(hash, size),
      window: desktopWindow(window, shape.isMini),
      surfaces: createSurfaces(window, join(assetsFolder, 'icons/desktop'), (command) =>
        shown.act(command),
      ),
      words: en,
      openBus:
        process.platform === 'linux' ? () => openSessionBus(logged('The session bus')) : null,
      instance: process.pid,
      quit: () => app.quit(),
      monotonic: clock.monotonic,
      info: log.info,
      trouble: log.fault,
    });
    desktop = shown;
    void onScreen.then(() => shown.start()).catch(logged('Showing up in the desktop'));
    void onScreen
      .then(() => openGiven(opener, { ...switches, folders: [], sample: false, paths: [] }))
      .then(() => library.rescan())
      .catch(logged('Looking for changes'))
      .then(() => openGiven(opener, { ...switches, link: null }));

    return {
      library,
      playlists,
      editing,
      snapshots,
      player,
      account,
      ads,
      metrics,
      settings,
      undo,
      opener,
      restartAudioService: () => restartSound(app),
      chooseFolder: () => chooseFolder(window),
      choosePicture: () => choosePicture(window),
      saveText: (text, proposedName) => saveText(window, text, proposedName),
      editsRefused,
      showInFolder,
      heard(report) {
        shown.heard(report);
        metrics.heard(report);
      },
      toggleMini: shape.toggleMini,
      qa:
        testing !== null && tester !== null && outcomes !== null
          ? testing.qaHandlers({
              clock: tester,
              account,
              player,
              ads,
              outcomes,
              clockMoved: accountParts.clockMoved,
              service: accountParts.reach,
            })
          : null,
    };
  }
}

/**
 * The arguments meant for the app: in development the app's own path stands before them, and what
 * stands before that is Electron's.
 */
function ownArguments(argv: readonly string[], directory: string): readonly string[] {
  const given = argv.slice(1);
  const at = given.findIndex(
    (argument) => !argument.startsWith('-') && resolve(directory, argument) === app.getAppPath(),
  );
  return given.slice(at + 1);
}
