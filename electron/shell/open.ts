import { type BrowserWindow, dialog, shell } from 'electron';

/** Asks the listener for a folder of music; null when they changed their mind. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory'] });
  return filePaths[0] ?? null;
}

/** Shows a web page in the system's browser. */
export async function openInBrowser(address: string): Promise<void> {
  // SECURITY: nothing but https ever reaches the system's own opener.
  if (new URL(address).protocol === 'https:') await shell.openExternal(address);
}
