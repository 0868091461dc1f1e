import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { answerRequests } from '../../../../electron/shell/ipc.ts';
import { appOrigin } from '../../../../shared/urls.ts';

type Asked = (event: IpcMainInvokeEvent, name: unknown, input: unknown) => Promise<unknown>;

/** A request as Electron hands it over, from a frame of a page at an address. */
function askedFrom(url: string, frame: 'top' | 'inner' | 'gone'): IpcMainInvokeEvent {
  const mainFrame = { url };
  const senderFrame = { top: mainFrame, inner: { url }, gone: null }[frame];
  return { sender: { mainFrame }, senderFrame } as unknown as IpcMainInvokeEvent;
}

describe('a threat', () => {
  it('requests from another frame: only the top frame of our own page is answered', async () => {
    const given: Asked[] = [];
    const ipc = { handle: (_channel: string, asked: Asked) => given.push(asked) };
    const reached: unknown[] = [];
    answerRequests(ipc as unknown as IpcMain, (name) => {
      reached.push(name);
      return Promise.resolve({ ok: true, value: null });
    });
    const [ask] = given;
    const said = async (url: string, frame: Parameters<typeof askedFrom>[1]) =>
      ask?.(askedFrom(url, frame), 'account.get', undefined);
    for (const [url, frame] of [
      [`${appOrigin}/`, 'inner'],
      [`${appOrigin}/`, 'gone'],
      [`${appOrigin}.evil.example/`, 'top'],
      ['https://evil.example/', 'top'],
      ['about:blank', 'top'],
    ] as const) {
      expect(await said(url, frame), url).toMatchObject({ ok: false, code: 'invalid' });
    }
    expect(reached).toEqual([]);
    expect(await said(`${appOrigin}/index.html`, 'top')).toMatchObject({ ok: true });
    expect(reached).toEqual(['account.get']);
  });
});
