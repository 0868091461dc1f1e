import { onTestFinished } from 'vitest';
import type {
  MenuEntry,
  TaskbarLook,
  TrackNotice,
  TrayLook,
} from '../../electron/desktop-ports.ts';
import type { Desktop } from '../../electron/desktop/desktop.ts';
import { createDesktop } from '../../electron/desktop/desktop.ts';
import type { SessionBus } from '../../electron/desktop/session-bus.ts';
import { openSessionBus } from '../../electron/desktop/session-bus.ts';
import type { SessionEvent } from '../../electron/playback/session-state.ts';
import { startServer } from '../../scripts/background-server.mjs';
import type { Settings } from '../../shared/settings.ts';
import { defaultSettings } from '../../shared/settings.ts';
import type { Playable } from '../../shared/track-sound.ts';
import { en } from '../../shared/words/en.ts';
import { playerctl } from './desktop-servers.ts';
import type { SessionRig } from './session-rig.ts';
import { createSessionRig, idsOf } from './session-rig.ts';

/** The desktop on a session with a fake engine; what it shows is written down. */
export interface DesktopRig {
  readonly session: SessionRig;
  readonly desktop: Desktop;
  readonly dispatch: (event: SessionEvent) => void;
  /** Begins with the first of the tracks. */
  readonly play: () => void;
  readonly shown: Shown;
  readonly opened: readonly string[];
  readonly log: readonly string[];
  readonly setSettings: (settings: Partial<Settings>) => void;
}

interface Shown {
  tray: TrayLook | null;
  dock: readonly MenuEntry[];
  taskbar: TaskbarLook | null;
  awake: boolean;
  notices: TrackNotice[];
  window: 'shown' | 'hidden' | 'minimized';
  watched: boolean;
  quit: boolean;
}

/** Where a cover is said to lie; nothing is there. */
export function coverFile(hash: string): string {
  return `/covers/a picture of ${hash}.jpg`;
}

/** @param options.openBus null: a system without such a bus */
export async function createDesktopRig({
  tracks,
  premium = false,
  openBus = null,
}: {
  readonly tracks: readonly Playable[];
  readonly premium?: boolean;
  readonly openBus?: (() => Promise<SessionBus>) | null;
}): Promise<DesktopRig> {
  const session = createSessionRig({ tracks, premium });
  const opened: string[] = [];
  const log: string[] = [];
  let settings = defaultSettings;
  let settingsChanged = (): void => undefined;
  const shown: Shown = {
    tray: null,
    dock: [],
    taskbar: null,
    awake: false,
    notices: [],
    window: 'shown',
    watched: false,
    quit: false,
  };

  function dispatch(event: SessionEvent): void {
    session.dispatch(event);
    desktop.follow(session.view());
  }

  const command = (event: SessionEvent) =>
    new Promise<void>((resolve) => {
      dispatch(event);
      resolve();
    });

  const desktop = createDesktop({
    player: {
      get: () => Promise.resolve(session.view()),
      resume: () => command({ kind: 'resume' }),
      pause: () => command({ kind: 'pause' }),
      next: () => command({ kind: 'next' }),
      previous: () => command({ kind: 'previous' }),
      seek: ({ seconds }) => command({ kind: 'seek', seconds }),
      setVolume: ({ volume }) => command({ kind: 'setVolume', volume }),
      setMuted: ({ muted }) => command({ kind: 'setMuted', muted }),
      setShuffle: ({ shuffle }) => command({ kind: 'setShuffle', shuffle }),
      setRepeat: ({ repeat }) => command({ kind: 'setRepeat', repeat }),
    },
    opener: {
      openPaths: async (paths) => {
        await Promise.resolve();
        opened.push(...paths);
      },
      openLink: (address) => void opened.push(address),
    },
    settings: {
      get: () => settings,
      change: async ({ sound }) => {
        await Promise.resolve();
        session.setSound({ speed: sound?.speed ?? 1 });
      },
      onChanged: (listener) => (settingsChanged = listener),
    },
    cover: (hash) => Promise.resolve(coverFile(hash)),
    window: {
      show: () => (shown.window = 'shown'),
      hide: () => (shown.window = 'hidden'),
      minimize: () => (shown.window = 'minimized'),
      isShown: () => shown.window === 'shown',
      isWatched: () => shown.watched,
      onShownChanged: () => undefined,
    },
    surfaces: {
      showTray: (look) => (shown.tray = look),
      showDock: (entries) => (shown.dock = entries),
      showTaskbar: (look) => (shown.taskbar = look),
      notify: (notice) => void shown.notices.push(notice),
      keepAwake: (awake) => (shown.awake = awake),
    },
    words: en,
    openBus,
    instance: process.pid,
    quit: () => (shown.quit = true),
    monotonic: () => session.world().monotonicSeconds * 1000,
    info: (message) => void log.push(message),
    trouble: (what, cause) => void log.push(`${what}: ${String(cause)}`),
  });

  session.watch = () => {
    const view = session.view();
    desktop.follow(view);
    const { phase } = session.state().breaks;
    if (phase.kind === 'playing') {
      const { id, positionSeconds } = phase.spot;
      desktop.heard({ kind: 'spotPosition', spot: id, seconds: positionSeconds });
    } else if (view.now !== null) {
      const { play } = view.now;
      desktop.heard({ kind: 'position', play, seconds: view.positionSeconds });
    }
  };
  await desktop.start();

  return {
    session,
    desktop,
    dispatch,
    play: () => dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined }),
    shown,
    opened,
    log,
    setSettings(changed) {
      settings = { ...settings, ...changed };
      settingsChanged();
    },
  };
}

/** A bus of this test's own, and `playerctl` on it, as a listener has it on theirs. */
export async function startBus() {
  const { address, stop } = await startServer(
    ['dbus-daemon', '--session', '--nofork', '--print-address=3'],
    { env: process.env },
  );
  const closing: (() => void)[] = [];
  onTestFinished(async () => {
    for (const close of closing) close();
    await stop();
  });
  return {
    open: async (): Promise<SessionBus> => {
      const bus = await openSessionBus(() => undefined, address);
      closing.push(bus.close);
      return bus;
    },
    playerctl: (...words: readonly string[]) =>
      playerctl({ ...process.env, DBUS_SESSION_BUS_ADDRESS: address }, ...words),
  };
}
