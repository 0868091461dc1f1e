import { contextBridge, ipcRenderer, webUtils } from 'electron';

// Generic on purpose: a new feature changes the contract, never this file. Main checks the sender,
// the name and the input of every request, so nothing is checked here.
contextBridge.exposeInMainWorld('refrain', {
  ask: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('ask', name, input),
  on: (name: string, listener: (payload: unknown) => void): (() => void) => {
    const forward = (_event: unknown, sent: string, payload: unknown): void => {
      if (sent === name) listener(payload);
    };
    ipcRenderer.on('event', forward);
    return () => void ipcRenderer.off('event', forward);
  },
  pathsOf: (files: readonly File[]): readonly string[] =>
    files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
});
