import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserWindow, app, ipcMain, protocol, session } from 'electron';
import type { EventName, Events } from '../shared/contract.ts';
import { en } from '../shared/words/en.ts';
import { createAccount } from './account/account.ts';
import { openEmbeddedAuthority } from './account/embedded-authority.ts';
import { createEmbeddedIssuer } from './account/embedded-issuer.ts';
import { createQaStage } from './account/qa-tiers.ts';
import { createAds } from './ads/ads.ts';
import { createVastSource } from './ads/vast-source.ts';
import { createMovableClock, systemClock } from './clock.ts';
import { type Parts, partHandlers, startHandlers } from './handlers.ts';
import type { LibraryEvents, LibraryProcess } from './library-process.ts';
import { createLog } from './log.ts';
import { createOpener } from './opener.ts';
import { createPlayer } from './playback/player.ts';
import { connect } from './remote.ts';
import { createSettings } from './settings/settings.ts';
import { describeApp } from './shell/about.ts';
import { appScheme, createAppProtocol } from './shell/app-protocol.ts';
import { answerRequests, sendEvent } from './shell/ipc.ts';
import { createLibraryHost } from './shell/library-host.ts';
import { followLife } from './shell/lifecycle.ts';
import { setMenu } from './shell/menu.ts';
import { chooseFolder, openInBrowser } from './shell/open.ts';
import { openSecrets } from './shell/secrets.ts';
import { harden, refusePermissions } from './shell/security.ts';
import { openWindow } from './shell/window.ts';
import { createStartQuestion, openOrAsk } from './start.ts';
import { parseSwitches } from './switches.ts';
import { createUndo } from './undo.ts';

const outFolder = fileURLToPath(new URL('..', import.meta.url));
const assetsFolder = join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'assets');

protocol.registerSchemesAsPrivileged([appScheme]);
const switches = parseSwitches(ownArguments(process.argv, process.cwd()), process.cwd(), __QA__);
if (switches.userDataDir !== null) app.setPath('userData', switches.userDataDir);

if (app.requestSingleInstanceLock()) {
  harden(app);
  // Not a top-level await: `ready` would wait for this module, and this module for `ready`.
  void app.whenReady().then(run);
} else {
  // The instance that has the profile is told what to open by `second-instance`.
  app.quit();
}

/** Opens the window, and behind it builds the parts and connects them. */
function run(): void {
  const profile = app.getPath('userData');
  const tester = __QA__ ? createMovableClock(switches.qaClock) : null;
  const clock = tester ?? systemClock;
  const log = createLog(profile, clock.now);
  const about = describeApp(__QA__);
  log.info(`Refrain ${about.version} on Electron ${about.electron}`);
  if (about.standInRuntime) log.info('This Electron is a stand-in, for development only');
  process.on('uncaughtException', (error) => log.fault('Not caught', error));
  process.on('unhandledRejection', (error) => log.fault('Not caught', error));

  const host = createLibraryHost(join(outFolder, 'main/library-process.js'), profile, log);
  const remote = connect<LibraryProcess, LibraryEvents>(host.port);
  const { library, playlists, database } = remote.parts;
  const settings = createSettings(join(profile, 'settings.json'), clock.now);
  const undo = createUndo((step) => send('undo.offered', step));
  const question = createStartQuestion((problem) => send('start.problemChanged', problem));
  let window: BrowserWindow | null = null;

  host.start();
  const starting = start();
  answerRequests(
    ipcMain,
    startHandlers(question, about, () => log.info('The window is on screen')),
    starting.then(partHandlers),
    log,
  );
  setMenu();
  refusePermissions(session.defaultSession);
  protocol.handle(
    appScheme.scheme,
    createAppProtocol({
      pageFolder: join(outFolder, 'renderer'),
      media: async (id) => (await library.file(id))?.path ?? null,
      cover: (hash, size) => library.cover(hash, size),
      ad: async (id) => (await starting).ads.mediaFile(id)?.path ?? null,
    }),
  );
  window = openWindow(outFolder, join(assetsFolder, 'icons/icon.png'));
  followLife(window, {
    log,
    opened: (argv, directory) => {
      const given = parseSwitches(ownArguments(argv, directory), directory, __QA__);
      void starting.then(({ opener }) => opener.open(given));
    },
    async close() {
      const { player, ads } = await starting;
      await Promise.allSettled([player.close(), ads.close()]);
      await host.close();
    },
  });

  function send<Name extends EventName>(name: Name, payload: Events[Name]): void {
    sendEvent(window, name, payload);
  }

  async function start(): Promise<Parts> {
    const settled = await openOrAsk(question, settings.load, settings.setAside);
    const opened = settled && (await openOrAsk(question, database.problem, database.setAside));
    if (!opened) {
      app.exit();
      // Nothing more is to be answered: the process is ending.
      return new Promise(() => undefined);
    }
    question.started();

    const secrets = openSecrets(join(profile, 'secrets.json'));
    const authority = openEmbeddedAuthority(secrets);
    const account = await createAccount({
      clock,
      secrets,
      path: join(profile, 'account.json'),
      issuer: createEmbeddedIssuer(authority, __QA__),
      stageQaTier: __QA__ ? createQaStage(authority) : null,
    });
    if (switches.qaTier !== null) await account.setQaTier(switches.qaTier);
    const { qaAds } = switches;
    const ads = await createAds({
      profileFolder: profile,
      houseFolder: join(assetsFolder, 'house-ads'),
      createSource:
        __QA__ && qaAds !== null
          ? (store) =>
              createVastSource({ location: qaAds, cacheFolder: join(profile, 'ads'), store })
          : null,
      now: clock.now,
      adFree: () => account.allows('ad_free'),
      why: en.ads.whyHouse,
      openLink: (address) => opener.openLink(address),
      trouble: log.fault,
    });
    const player = createPlayer({
      library,
      store: remote.parts.session,
      ads,
      allows: account.allows,
      now: clock.now,
      monotonic: clock.monotonic,
      random: Math.random,
      changed: (view) => send('session.changed', view),
      notice: (notice) => send('notice.raised', notice),
      heard: (id, at) => {
        library.countPlay(id, at).catch((error: unknown) => log.fault('Counting a play', error));
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
      notice: (notice) => send('notice.raised', notice),
      openInBrowser,
    });

    account.onChanged((view) => {
      send('account.changed', view);
      player.tierChanged();
      ads.tick();
    });
    ads.onBannerChanged((banner) => send('ads.bannerChanged', banner));
    settings.onChanged((changed) => send('settings.changed', changed));
    remote.on('library.scanned', (progress) => send('library.scanned', progress));
    remote.on('playlists.changed', (all) => send('playlists.changed', all));
    remote.on('library.changed', (change) => {
      send('library.changed', change);
      player.libraryChanged(change);
    });
    setInterval(() => player.tick(), 1000);
    setInterval(() => {
      void account.tick();
      ads.tick();
    }, 30_000);
    // What changed on disk while the app was closed is picked up behind the scenes.
    void library.rescan().then(() => opener.open(switches));

    return {
      library,
      playlists,
      player,
      account,
      ads,
      settings,
      undo,
      opener,
      chooseFolder: () => (window === null ? Promise.resolve(null) : chooseFolder(window)),
      qa: tester && {
        now: tester.now,
        async moveClock(minutes) {
          tester.move(minutes);
          player.passTime(Math.max(0, minutes * 60));
          await account.tick();
          ads.tick();
        },
        failAds: ads.failAds,
      },
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
