import { describe, expect, it } from 'vitest';
import type { MenuEntry } from '../../../../electron/desktop-ports.ts';
import type { SessionBus } from '../../../../electron/desktop/session-bus.ts';
import { coverFile, createDesktopRig } from '../../../support/desktop-rig.ts';
import { singles, spot, track } from '../../../support/session-rig.ts';

describe('the tray', () => {
  it('says what plays and offers what can be done about it', async () => {
    const { play, dispatch, shown, session } = await createDesktopRig({ tracks: singles(2) });
    expect(shown.tray?.tooltip).toBe('Refrain');
    expect(commandsIn(shown.tray?.entries)).toEqual(['hide', 'quit']);
    play();
    expect(shown.tray?.tooltip).toBe('Track 1 — Artist');
    expect(labelsIn(shown.tray?.entries)).toContain('Pause');
    expect(commandsIn(shown.tray?.entries)).toEqual([
      'playPause',
      'next',
      'previous',
      'hide',
      'quit',
    ]);
    dispatch({ kind: 'next' });
    session.run(250);
    expect(labelsIn(shown.tray?.entries)).toContain('Play');
    expect(commandsIn(shown.dock)).toEqual(['playPause', 'previous']);
  });

  it('goes and comes with its setting', async () => {
    const { shown, setSettings } = await createDesktopRig({ tracks: singles(1) });
    setSettings({ tray: false });
    expect(shown.tray).toBeNull();
    setSettings({ tray: true });
    expect(shown.tray).not.toBeNull();
  });
});

describe('a window that is closed', () => {
  it('ends the app, unless the listener wants the music to go on', async () => {
    const { desktop, shown } = await createDesktopRig({ tracks: singles(1) });
    expect(desktop.putAway()).toBe(false);
    expect(shown.window).toBe('shown');
  });

  it.each([
    ['is hidden where there is a tray', { hasTray: true, tray: true }, 'hidden'],
    ['is minimised where there is none', { hasTray: false, tray: true }, 'minimized'],
    ['is minimised without an icon in the tray', { hasTray: true, tray: false }, 'minimized'],
  ])('%s', async (_name, { hasTray, tray }, expected) => {
    const bus: SessionBus = {
      serve: () => undefined,
      signal: () => undefined,
      takeName: () => Promise.resolve(true),
      hasOwner: () => Promise.resolve(hasTray),
      close: () => undefined,
    };
    const openBus = () => Promise.resolve(bus);
    const { desktop, shown, setSettings } = await createDesktopRig({ tracks: singles(1), openBus });
    setSettings({ keepPlaying: true, tray });
    expect(desktop.putAway()).toBe(true);
    await expect.poll(() => shown.window).toBe(expected);
    desktop.act('show');
    expect(shown.window).toBe('shown');
  });
});

describe('a notification', () => {
  it('tells of each new track with its cover, and of nothing twice', async () => {
    const { play, dispatch, shown, session } = await createDesktopRig({
      tracks: [track(1, { cover: 'c0ffee' }), track(2, { artist: '' })],
    });
    play();
    const first = { title: 'Track 1', text: 'Artist — Album 1', pictureFile: coverFile('c0ffee') };
    await expect.poll(() => shown.notices).toEqual([first]);
    session.run(20);
    dispatch({ kind: 'pause' });
    dispatch({ kind: 'resume' });
    dispatch({ kind: 'seek', seconds: 190 });
    session.run(20);
    const second = { title: 'Track 2', text: 'Album 2', pictureFile: null };
    await expect.poll(() => shown.notices).toEqual([first, second]);
  });

  it('never tells of an advertisement', async () => {
    const { play, shown, session } = await createDesktopRig({ tracks: singles(12) });
    session.preparePod = () => [spot('Lamps', 20)];
    play();
    while (session.view().adBreak === null) session.run(1);
    const before = [...shown.notices];
    session.run(10);
    await Promise.resolve();
    expect(session.view().adBreak).not.toBeNull();
    expect(shown.notices).toEqual(before);
    expect(shown.notices.map(({ title }) => title)).not.toContain('Lamps');
  });

  it('is not for a listener who looks at the window, or wants none', async () => {
    const { play, dispatch, shown, setSettings } = await createDesktopRig({ tracks: singles(4) });
    shown.watched = true;
    play();
    await Promise.resolve();
    shown.watched = false;
    setSettings({ notifications: false });
    dispatch({ kind: 'next' });
    await Promise.resolve();
    setSettings({ notifications: true });
    dispatch({ kind: 'next' });
    await expect.poll(() => shown.notices.map(({ title }) => title)).toEqual(['Track 3']);
  });

  it('tells of the last of tracks that are skipped through', async () => {
    const { play, dispatch, shown } = await createDesktopRig({
      tracks: singles(5, { cover: 'c0ffee' }),
    });
    play();
    for (let skips = 0; skips < 3; skips += 1) dispatch({ kind: 'next' });
    await expect.poll(() => shown.notices.map(({ title }) => title)).toEqual(['Track 4']);
  });
});

describe('the system', () => {
  it('is kept awake while music plays, and only then', async () => {
    const { play, dispatch, shown, session } = await createDesktopRig({ tracks: singles(1) });
    expect(shown.awake).toBe(false);
    play();
    expect(shown.awake).toBe(true);
    dispatch({ kind: 'pause' });
    expect(shown.awake).toBe(false);
    dispatch({ kind: 'resume' });
    session.run(201);
    expect(shown.awake).toBe(false);
  });

  it('shows in the taskbar how far the track is', async () => {
    const { play, dispatch, shown, session } = await createDesktopRig({ tracks: singles(2) });
    play();
    session.run(50);
    expect(shown.taskbar).toMatchObject({ progress: 0.25, isPaused: false });
    expect(shown.taskbar?.buttons.map(({ picture }) => picture)).toEqual([
      'previous',
      'pause',
      'next',
    ]);
    dispatch({ kind: 'pause' });
    expect(shown.taskbar).toMatchObject({ progress: 0.25, isPaused: true, overlay: null });
    dispatch({ kind: 'resume' });
    session.run(360);
    expect(shown.taskbar?.progress).toBeNull();
  });
});

function labelsIn(entries: readonly MenuEntry[] = []): readonly string[] {
  return entries.flatMap((entry) => (entry.kind === 'line' ? [] : [entry.label]));
}

/** Those that can be chosen now. */
function commandsIn(entries: readonly MenuEntry[] = []): readonly string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'command' && entry.enabled ? [entry.command] : [],
  );
}
