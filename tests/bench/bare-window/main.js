// The floor that the player's start is measured against: a window with React and nothing else.
import { fileURLToPath } from 'node:url';
import { BrowserWindow, app } from 'electron';

app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { sandbox: true },
  });
  window.once('ready-to-show', () => window.show());
  return window.loadFile(fileURLToPath(new URL('page/index.html', import.meta.url)));
});
app.on('window-all-closed', () => app.quit());
