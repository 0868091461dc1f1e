import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import {
  type EventName,
  type Events,
  type Input,
  type Output,
  type Reply,
  type RequestName,
  requests,
} from '../../shared/contract.ts';
import { RefrainError } from '../../shared/errors.ts';
import { appOrigin } from '../../shared/urls.ts';
import type { Log } from '../log.ts';

/** One function per request of the contract: a missing one does not compile. */
export type Handlers = {
  readonly [Name in RequestName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>;
};

type StartRequest = Extract<RequestName, `start.${string}`>;

/** Answered at once, also while the app can't start as usual. */
export type StartHandlers = Pick<Handlers, StartRequest>;

/** Answered when the app has started; requests that come earlier wait. */
export type PartHandlers = Omit<Handlers, StartRequest>;

/** Answers the window's requests. The only place where one enters the main process. */
export function answerRequests(
  ipc: IpcMain,
  start: StartHandlers,
  parts: Promise<PartHandlers>,
  log: Log,
): void {
  ipc.handle('ask', async (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    // SECURITY: only our own page's top frame is listened to.
    if (!isOurPage(event)) return refusal('invalid', 'The sender is not the window');
    return answer(start, parts, name, input, log);
  });
}

/** Checks name and input against the contract and runs the handler; never rejects. */
export async function answer(
  start: StartHandlers,
  parts: Promise<PartHandlers>,
  name: unknown,
  input: unknown,
  log: Log,
): Promise<Reply<unknown>> {
  // SECURITY: an own property, so that `__proto__` and its kind are no requests.
  if (typeof name !== 'string' || !Object.hasOwn(requests, name)) {
    return refusal('invalid', 'There is no such request');
  }
  const known = name as RequestName;
  const checked = requests[known].input.safeParse(input);
  if (!checked.success) return refusal('invalid', `${known}: ${checked.error.message}`);
  try {
    const handlers = isStartRequest(known) ? start : await parts;
    const handle = (handlers as Handlers)[known] as (input: unknown) => unknown;
    return { ok: true, value: await handle(checked.data) };
  } catch (error) {
    if (error instanceof RefrainError) {
      return error.detail === undefined
        ? { ok: false, code: error.code, message: error.message }
        : { ok: false, code: error.code, message: error.message, detail: error.detail };
    }
    log.fault(`The request ${known} failed`, error);
    return refusal('internal', 'A fault of Refrain; the log has its cause');
  }
}

/** Sends an event to the window; to none when it is closed. */
export function sendEvent<Name extends EventName>(
  window: BrowserWindow | null,
  name: Name,
  payload: Events[Name],
): void {
  if (window === null || window.isDestroyed()) return;
  window.webContents.send('event', name, payload);
}

function isStartRequest(name: RequestName): name is StartRequest {
  return name.startsWith('start.');
}

function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${appOrigin}/`)
  );
}

function refusal(code: 'invalid' | 'internal', message: string): Reply<never> {
  return { ok: false, code, message };
}
