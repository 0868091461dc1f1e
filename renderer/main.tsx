import '@fontsource-variable/inter';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { SessionView } from '../shared/session.ts';
import { en } from '../shared/words/en.ts';
import { createAccountStore } from './account/account-store.ts';
import { createAdsStore } from './ads/ads-store.ts';
import { createAdMeasurer } from './audio/analysis/ad-measurer.ts';
import { createAnalyser } from './audio/analysis/analyser.ts';
import { startAnalysisThread } from './audio/analysis/analysis-thread.ts';
import { createEngine } from './audio/engine.ts';
import { createOutputs } from './audio/outputs.ts';
import { createEditingStore } from './editing/editing-store.ts';
import { createLibraryStore } from './library/library-store.ts';
import { connectMainProcess } from './main-process.ts';
import { moveVolume } from './player/output-volumes.ts';
import { connectMediaSession, systemMediaControls } from './player/media-session.ts';
import { createOutputsStore } from './player/outputs-store.ts';
import { createSessionStore } from './player/session-store.ts';
import { createWaveformStore } from './player/waveform-store.ts';
import { createNotedStore } from './noted/noted-store.ts';
import { createPlaylistsStore } from './playlists/playlists-store.ts';
import { createSettingsStore } from './settings/settings-store.ts';
import { App } from './shell/app.tsx';
import { tellFailures } from './shell/failures.ts';
import { createShellStore } from './shell/shell-store.ts';
import { CrashScreen } from './start/crash-screen.tsx';
import { StoresContext, WordsContext, type Stores } from './stores.ts';

const main = connectMainProcess(window.refrain);
const outputs = createOutputs(navigator.mediaDevices, () => performance.now());
const stores: Stores = {
  session: createSessionStore(main),
  waveform: createWaveformStore(main),
  library: createLibraryStore(main),
  playlists: createPlaylistsStore(main),
  editing: createEditingStore(main),
  account: createAccountStore(main),
  ads: createAdsStore(main),
  settings: createSettingsStore(main),
  noted: createNotedStore(main),
  outputs: createOutputsStore(outputs.look),
  shell: createShellStore(main),
};

/** A window that is put away paints no frame. */
const longestPaintMilliseconds = 300;

void start();

async function start(): Promise<void> {
  tellFailures(window, stores.shell);
  await stores.shell.getState().loadProblem();
  // Everything is asked anew once the listener has chosen what to do about a problem.
  stores.shell.subscribe(({ problem }, before) => {
    if (problem === null && before.problem !== null) location.reload();
  });
  stores.shell.subscribe(({ offered }, before) => {
    if (offered === null || before.offered !== null) return;
    void main.ask('metrics.offerShown', { from: offered });
  });
  const canStart = stores.shell.getState().problem === null;
  if (canStart) {
    // One short round trip each, all at once; so the first frame shows how things are. A part
    // that can't answer yet sends its event when it can.
    const { session, account, ads, settings } = stores;
    const parts = [session, account, ads, settings];
    const loads = parts.map((part) => part.getState().load());
    // Else the page is laid out with another font first, and again when this one is there.
    const font = document.fonts.load('1em "Inter Variable"');
    await Promise.allSettled([...loads, font]);
  }
  draw();
  // Main begins to scan and to show up in the desktop when it hears of it.
  await painted();
  await main.ask('start.ready');
  // Behind the first screen: opening the sound device takes its time. What is asked of the engine
  // before it is there stands in the session's view, which it takes up.
  if (canStart) void connectEngine();
}

/** Resolves behind the next frame. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, longestPaintMilliseconds);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** The engine follows each view of the session and reports what was heard. */
async function connectEngine(): Promise<void> {
  const { session, settings } = stores;
  // Before the engine opens a device in vain.
  await outputs.choose(settings.getState().settings.sound.output);
  const engine = createEngine({
    report: (report) => void session.getState().report(report),
    settings: settings.getState().settings.sound,
    outputs,
    restartSound: () => main.ask('sound.restart'),
  });
  outputs.onChanged(({ from, to }) => void moveVolume(from, to, session, settings));
  const analyser = createAnalyser({
    next: () => main.ask('sounds.next'),
    keep: ({ id, modified }, measured) => main.ask('sounds.keep', { id, modified, measured }),
    position: engine.position,
    isStarved: engine.isStarved,
    startThread: startAnalysisThread,
  });
  const measureAd = createAdMeasurer({
    startThread: startAnalysisThread,
    keep: (measured) => void main.ask('ads.keepMeasured', measured),
  });
  main.on('ads.measureWanted', ({ mediaUrl }) => measureAd(mediaUrl));
  // There main speaks MPRIS.
  const isLinux = navigator.userAgent.includes('Linux');
  if (!isLinux) connectMediaSession(session, systemMediaControls());
  follow(session.getState().view);
  session.subscribe(({ view }, before) => {
    if (view !== before.view) follow(view);
  });
  settings.subscribe(({ settings: { sound } }, before) => {
    if (sound !== before.settings.sound) engine.tune(sound);
  });

  function follow(view: SessionView): void {
    engine.follow(view);
    analyser.follow(view);
  }
}

function draw(): void {
  const place = document.getElementById('root');
  if (place === null) throw new Error('The page has no #root');
  const root = createRoot(place, {
    onUncaughtError(error) {
      console.error(error);
      // React has taken the tree down by then; the stores and the sound live on.
      queueMicrotask(() => root.render(<CrashScreen words={en} onAgain={drawAgain} />));
    },
  });
  const window = (
    <StrictMode>
      <StoresContext value={stores}>
        <WordsContext value={en}>
          <App main={main} />
        </WordsContext>
      </StoresContext>
    </StrictMode>
  );
  function drawAgain(): void {
    stores.shell.getState().go({ screen: 'home' });
    root.render(window);
  }
  // At once, so that the next frame shows it.
  flushSync(() => root.render(window));
}
