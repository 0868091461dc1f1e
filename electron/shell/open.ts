import { type BrowserWindow, dialog, shell } from 'electron';

/** Asks the listener for a folder of music; null when they changed their mind. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory'] });
  return filePaths[0] ?? null;
}

/** Opens the system's file manager with the file selected. Its path comes from the library alone. */
export function showInFolder(path: string): void {
  shell.showItemInFolder(path);
}

/** Asks the listener for a picture, to be a cover; null when they changed their mind. */
export async function choosePicture(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'JPEG, PNG', extensions: ['jpg', 'jpeg', 'png'] }],
  });
  return filePaths[0] ?? null;
}

/** Shows a web page in the system's browser. */
export async function openInBrowser(address: string): Promise<void> {
  // SECURITY: nothing but https ever reaches the system's own opener.
  if (new URL(address).protocol === 'https:') await shell.openExternal(address);
}
