import { contextBridge, ipcRenderer, webUtils } from 'electron';

const listeners = new Map<string, Set<(payload: unknown) => void>>();

ipcRenderer.on('event', (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

// Generic on purpose: a new feature changes the contract, never this file. Main checks the sender,
// the name and the input of every request, so nothing is checked here.
contextBridge.exposeInMainWorld('refrain', {
  ask: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('ask', name, input),
  on: (name: string, listener: (payload: unknown) => void): (() => void) => {
    const others = listeners.get(name) ?? new Set();
    listeners.set(name, others.add(listener));
    return () => void others.delete(listener);
  },
  pathsOf: (files: readonly File[]): readonly string[] =>
    files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
});
