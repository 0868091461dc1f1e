import { assertNever } from '../../shared/errors.ts';
import type { EngineReport, SessionView } from '../../shared/session.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { CoverSize } from '../../shared/urls.ts';
import type { Words } from '../../shared/words/en.ts';
import type { DesktopSurfaces, DesktopWindow, MenuCommand } from '../desktop-ports.ts';
import type { ControlParts, Controls } from './controls.ts';
import { createControls } from './controls.ts';
import type { Mpris } from './mpris/mpris.ts';
import { openMpris } from './mpris/mpris.ts';
import { nowLine, playingMenu, trayMenu } from './player-menu.ts';
import type { Presenter } from './presenter.ts';
import { createPresenter } from './presenter.ts';
import type { SessionBus } from './session-bus.ts';
import { taskbarLook } from './taskbar-look.ts';
import { createTrackNews } from './track-news.ts';

/** The player in the listener's desktop: media controls, tray, dock, taskbar, notifications. */
export interface Desktop {
  /** Shows itself; to be called behind the first screen. */
  readonly start: () => Promise<void>;
  /** Call with every view of the session. */
  readonly follow: (view: SessionView) => void;
  /** Call with every report of the engine. */
  readonly heard: (report: EngineReport) => void;
  readonly act: (command: MenuCommand) => void;
  /** The listener closes the window. @returns whether it was put away in place of closing */
  readonly putAway: () => boolean;
}

export interface DesktopParts {
  readonly player: ControlParts['player'] & { get(): Promise<SessionView> };
  readonly opener: ControlParts['opener'];
  readonly settings: {
    get(): Settings;
    change(patch: SettingsPatch): Promise<unknown>;
    onChanged(listener: () => void): unknown;
  };
  /** Absolute path of a cover's picture; null: there is none. */
  readonly cover: (hash: string, size: CoverSize) => Promise<string | null>;
  readonly window: DesktopWindow;
  readonly surfaces: DesktopSurfaces;
  readonly words: Words;
  /** Null: this system has no such bus, and media controls of another kind. */
  readonly openBus: (() => Promise<SessionBus>) | null;
  /** Of this process. */
  readonly instance: number;
  readonly quit: () => void;
  /** A clock in milliseconds that never goes back. */
  readonly monotonic: () => number;
  readonly info: (message: string) => void;
  readonly trouble: (what: string, cause: unknown) => void;
}

const trayHost = 'org.kde.StatusNotifierWatcher';
const noticeArtSize = 320;

export function createDesktop(parts: DesktopParts): Desktop {
  const { settings, window, surfaces, words, trouble } = parts;
  const newsOf = createTrackNews();
  let presenter: Presenter | null = null;
  let controls: Controls | null = null;
  let bus: SessionBus | null = null;
  let mpris: Mpris | null = null;

  async function start(): Promise<void> {
    const shows = createPresenter(await parts.player.get(), {
      cover: parts.cover,
      monotonic: parts.monotonic,
      changed: present,
      jumped: () => mpris?.jumped(),
      trouble,
    });
    presenter = shows;
    controls = createControls({
      player: parts.player,
      opener: parts.opener,
      setSpeed: (speed) => settings.change({ sound: { speed } }),
      shown: shows.shown,
      show: window.show,
      quit: parts.quit,
      trouble,
    });
    settings.onChanged(present);
    window.onShownChanged(present);
    present();
    await openControls(shows, controls);
  }

  async function openControls(shows: Presenter, controls: Controls): Promise<void> {
    if (parts.openBus === null) return;
    try {
      bus = await parts.openBus();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      parts.info(`No session bus, so the desktop has no media controls: ${reason}`);
      return;
    }
    const { state, position, halt } = shows;
    mpris = await openMpris(bus, { controls, state, position, halt }, parts.instance);
    mpris.changed();
  }

  function present(): void {
    if (presenter === null) return;
    const shown = presenter.shown();
    const { item } = shown;
    const tooltip = item === null ? words.shell.app : nowLine(item.title, item.artist);
    const entries = trayMenu(shown, words, window.isShown());
    surfaces.showTray(settings.get().tray ? { tooltip, entries } : null);
    surfaces.showDock(playingMenu(shown, words));
    surfaces.keepAwake(shown.status === 'playing');
    presentPosition(presenter);
    mpris?.changed();
    const news = newsOf(shown);
    if (news !== null) void notify(presenter, news.play);
  }

  function presentPosition({ shown, position }: Presenter): void {
    surfaces.showTaskbar(taskbarLook(shown(), position(), words));
  }

  /** Unless the listener sees it anyway, or is a track further when the cover has been found. */
  async function notify(shows: Presenter, play: number): Promise<void> {
    if (!settings.get().notifications || window.isWatched()) return;
    const cover = shows.shown().item?.cover ?? null;
    const found = cover === null ? null : parts.cover(cover, noticeArtSize).catch(() => null);
    const pictureFile = await found;
    const { item } = shows.shown();
    if (item?.play !== play || window.isWatched()) return;
    surfaces.notify({ title: item.title, text: nowLine(item.artist, item.album), pictureFile });
  }

  async function hideOrMinimize(): Promise<void> {
    const canComeBack = settings.get().tray && (await hasTray());
    if (canComeBack) window.hide();
    else window.minimize();
  }

  /** On Linux some desktops have none, and an icon in it would be nowhere. */
  async function hasTray(): Promise<boolean> {
    if (parts.openBus === null) return true;
    return bus !== null && (await bus.hasOwner(trayHost).catch(() => false));
  }

  return {
    start,
    follow: (view) => presenter?.follow(view),
    heard(report) {
      if (presenter === null) return;
      presenter.heard(report);
      presentPosition(presenter);
    },
    act(command) {
      switch (command) {
        case 'playPause':
          controls?.playPause();
          break;
        case 'next':
          controls?.next();
          break;
        case 'previous':
          controls?.previous();
          break;
        case 'show':
          window.show();
          break;
        case 'hide':
          void hideOrMinimize();
          break;
        case 'quit':
          parts.quit();
          break;
        default:
          assertNever(command);
      }
    },
    putAway() {
      if (!settings.get().keepPlaying || presenter === null) return false;
      void hideOrMinimize();
      return true;
    },
  };
}
