import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog, shell } from 'electron';
import { RefrainError } from '../../shared/errors.ts';

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

/** Asks where to keep a text, and writes it there; false when the listener changed their mind. */
export async function saveText(
  window: BrowserWindow,
  text: string,
  proposedName: string,
): Promise<boolean> {
  const { filePath, canceled } = await dialog.showSaveDialog(window, { defaultPath: proposedName });
  if (canceled || filePath === '') return false;
  await writeFile(filePath, text, { mode: 0o600 });
  return true;
}

/** Shows a page of the account service, or of who takes its payments, in the system's browser. */
export async function openAccountPage(address: string): Promise<void> {
  const { protocol, hostname, username } = new URL(address);
  // SECURITY: https, or a port that this machine opened for the visit; never anything that a system
  // would hand to another program.
  const isHere = protocol === 'http:' && hostname === '127.0.0.1';
  if ((protocol !== 'https:' && !isHere) || username !== '') {
    throw new RefrainError('service_unreachable', 'The account service named no page of the web');
  }
  await shell.openExternal(address);
}

/** Shows a web page in the system's browser. */
export async function openInBrowser(address: string): Promise<void> {
  // SECURITY: nothing but https ever reaches the system's own opener.
  if (new URL(address).protocol === 'https:') await shell.openExternal(address);
}
