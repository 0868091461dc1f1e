import type { ElectronApplication } from '@playwright/test';
import { askMain, expect, playSongs, playerOf, test as base } from '../support/app.ts';
import type { DesktopServers } from '../support/desktop-servers.ts';
import { openDesktopServers } from '../support/desktop-servers.ts';

const test = base.extend<{ readonly servers: DesktopServers }>({
  servers: async ({}, use) => {
    const servers = openDesktopServers();
    await use(servers);
    servers.close();
  },
});

test.skip(process.platform !== 'linux', 'The desktop of these tests is a D-Bus session');

test('the media controls of the desktop show and steer the player', async ({ launch, servers }) => {
  const { window } = await launch('--sample', '--qa-tier=premium');
  const { playerctl } = servers;
  await expect.poll(() => playerctl('status')).toBe('Stopped');
  await playSongs(window);
  const player = playerOf(window);
  await expect.poll(() => playerctl('status')).toBe('Playing');
  const title = (await player.title.textContent()) ?? '';
  expect(await playerctl('metadata', 'title')).toBe(title);
  // One cover is made after the other, and the home screen asked for all of them before.
  await expect
    .poll(() => playerctl('metadata', 'mpris:artUrl'), { timeout: 40_000 })
    .toMatch(/^file:\/\/.+\.jpg$/);

  await playerctl('position', '20');
  await expect.poll(player.position).toBeGreaterThanOrEqual(20);
  await expect.poll(async () => Number(await playerctl('position'))).toBeGreaterThan(20.5);
  const [shown, told] = [await player.position(), Number(await playerctl('position'))];
  expect(Math.abs(shown - told)).toBeLessThan(2);

  await playerctl('next');
  await expect(player.title).not.toHaveText(title);
  await playerctl('shuffle', 'On');
  await expect(player.region.getByRole('button', { name: 'Shuffle' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  for (const [status, name] of [
    ['Playlist', 'Repeat: all'],
    ['Track', 'Repeat: track'],
    ['None', 'Repeat: off'],
  ] as const) {
    await playerctl('loop', status);
    await expect(player.repeat).toHaveAccessibleName(name);
    expect(await playerctl('loop')).toBe(status);
  }
  await playerctl('volume', '0.4');
  await expect(player.region.getByRole('slider', { name: 'Volume' })).toHaveAttribute(
    'aria-valuenow',
    '40',
  );
  await playerctl('pause');
  await expect(player.play).toBeVisible();
  await playerctl('play');
  await expect(player.pause).toBeVisible();
  await playerctl('stop');
  await expect.poll(() => playerctl('status')).toBe('Stopped');
  await expect.poll(player.position).toBe(0);
});

test('the media session of Windows and macOS has what plays', async ({ launch }) => {
  const { app, window } = await launch('--sample');
  const faults: string[] = [];
  window.on('pageerror', ({ message }) => faults.push(message));
  window.on('console', (said) => {
    if (said.type() === 'error') faults.push(said.text());
  });
  // The page has it wherever it does not run on Linux, and it is told so by this alone.
  await app.evaluate(({ BrowserWindow }) => {
    const [shown] = BrowserWindow.getAllWindows();
    shown?.webContents.setUserAgent('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0');
  });
  // A page that is still on its way can't be loaded anew.
  await window.waitForLoadState('load');
  await window.reload();
  expect(await window.evaluate(() => navigator.userAgent)).toContain('Windows');
  await playSongs(window);
  const title = await playerOf(window).title.textContent();
  const told = () =>
    window.evaluate(() => {
      const { metadata, playbackState } = navigator.mediaSession;
      return { title: metadata?.title, art: metadata?.artwork[0]?.src ?? '', playbackState };
    });
  await expect.poll(told).toMatchObject({ title, playbackState: 'playing' });
  await expect.poll(async () => (await told()).art, { timeout: 40_000 }).toMatch(/^blob:/);
  await playerOf(window).pause.click();
  await expect.poll(told).toMatchObject({ title, playbackState: 'paused' });
  expect(faults).toEqual([]);
});

test('a window that is closed keeps playing in the tray, and comes back', async ({
  launch,
  servers,
}) => {
  await servers.startTray();
  const { app, window } = await launch('--sample');
  await expect.poll(() => servers.icons).toHaveLength(1);
  await askMain(window, 'settings.change', { keepPlaying: true });
  await playSongs(window);
  await closeWindow(app);
  await expect.poll(() => isShown(app)).toBe(false);
  const before = await playerOf(window).position();
  await expect.poll(playerOf(window).position).toBeGreaterThan(before + 1);
  await servers.pressIcon(servers.icons[0] ?? '');
  await expect.poll(() => isShown(app)).toBe(true);
});

test('a window that is closed ends the app, as long as nothing else is set', async ({ launch }) => {
  const { app, window } = await launch('--sample');
  await playSongs(window);
  const ended = app.waitForEvent('close');
  await closeWindow(app);
  await ended;
});

test('a new song is told of while the window is not in front, one at a time', async ({
  launch,
  servers,
}) => {
  await servers.startNotifications();
  const { app, window } = await launch('--sample');
  await playSongs(window);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  for (let songs = 0; songs < 2; songs += 1) {
    const before = await playerOf(window).title.textContent();
    await askMain(window, 'session.next');
    await expect(playerOf(window).title).not.toHaveText(before ?? '');
    const title = (await playerOf(window).title.textContent()) ?? '';
    await expect.poll(() => servers.notifications).toMatchObject([{ title }]);
  }
  await askMain(window, 'settings.change', { notifications: false });
  const told = servers.notifications;
  await askMain(window, 'session.next');
  await expect.poll(() => servers.playerctl('metadata', 'title')).not.toBe(told[0]?.title);
  expect(servers.notifications).toEqual(told);
});

test('the mini player is the same window, on top, and gives its place back', async ({ launch }) => {
  const { app, window } = await launch('--sample');
  await playSongs(window);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 50, width: 1100, height: 700 });
  });
  await expect.poll(() => boundsOf(app)).toMatchObject({ width: 1100, height: 700 });
  const whole = await boundsOf(app);
  const player = playerOf(window);
  const before = await player.position();

  await player.region.getByRole('button', { name: 'Mini player' }).click();
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(player.title).toBeVisible();
  await expect.poll(async () => (await boundsOf(app)).height).toBeLessThan(300);
  expect(await isOnTop(app)).toBe(true);
  await expect.poll(player.position).toBeGreaterThan(before + 1);
  await player.next.click();
  await expect(player.pause).toBeVisible();

  await player.region.getByRole('button', { name: 'Back to the whole window' }).click();
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect.poll(() => boundsOf(app)).toEqual(whole);
  expect(await isOnTop(app)).toBe(false);

  await window.keyboard.press('Control+Shift+m');
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeHidden();
  // A link leads where there is room for what it leads to.
  await player.region.getByTestId('now-artist').click();
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the window opens where it was, and as large', async ({ launch }) => {
  const one = await launch('--sample');
  await one.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 80, width: 1000, height: 640 });
  });
  await expect.poll(() => boundsOf(one.app)).toMatchObject({ width: 1000, height: 640 });
  const before = await boundsOf(one.app);
  await one.quit();
  const two = await launch();
  expect(await boundsOf(two.app)).toEqual(before);
});

function boundsOf(app: ElectronApplication) {
  return app.evaluate(({ BrowserWindow }) => {
    const { x, y, width, height } = BrowserWindow.getAllWindows()[0]?.getBounds() ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    return { x, y, width, height };
  });
}

function isShown(app: ElectronApplication): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window?.isVisible() === true && !window.isMinimized();
  });
}

function isOnTop(app: ElectronApplication): Promise<boolean> {
  return app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isAlwaysOnTop() === true,
  );
}

function closeWindow(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}
