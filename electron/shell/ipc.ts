import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import type { EventName, Events, Reply } from '../../shared/contract.ts';
import { appOrigin } from '../../shared/urls.ts';

/** Answers the window's requests. The only place where one enters the main process. */
export function answerRequests(
  ipc: IpcMain,
  answer: (name: unknown, input: unknown) => Promise<Reply<unknown>>,
): void {
  ipc.handle('ask', async (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    // SECURITY: only our own page's top frame is listened to.
    if (!isOurPage(event)) {
      return { ok: false, code: 'invalid', message: 'The sender is not the window' };
    }
    return answer(name, input);
  });
}

/** Sends an event to the window; to none when it is closed. */
export function sendEvent<Name extends EventName>(
  window: BrowserWindow,
  name: Name,
  payload: Events[Name],
): void {
  if (window.isDestroyed()) return;
  window.webContents.send('event', name, payload);
}

function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${appOrigin}/`)
  );
}
