import type { Port } from './remote.ts';

/** What Electron gives to a utility process; absent everywhere else. */
interface ParentPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => void;
}

/** @returns the way to main in a utility process of the app; null elsewhere, as in tests */
export function portToParent(): Port | null {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort === undefined) return null;
  return {
    postMessage: (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    // The process ends with the one that started it.
    onClose: () => undefined,
  };
}

/** The folder that main gave to this process to work in. */
export function givenFolder(): string {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('This process was given no folder');
  return folder;
}
