import type { EventName, Events } from '../shared/contract.ts';
import type { RefusedFiles } from '../shared/editing.ts';
import type { LibraryChange, ScanProgress } from '../shared/library.ts';
import type { LibraryEvents } from './library-process.ts';
import type { Port } from './remote.ts';

export interface LibraryNewsParts {
  /** Of the library's process. */
  readonly on: <Name extends keyof LibraryEvents>(
    event: Name,
    listener: (payload: LibraryEvents[Name]) => void,
  ) => void;
  readonly port: Pick<Port, 'onClose'>;
  /** To the window. */
  readonly send: <Name extends EventName>(name: Name, payload: Events[Name]) => void;
  readonly player: {
    readonly libraryChanged: (change: Pick<LibraryChange, 'trackIds'>) => void;
  };
  readonly editsRefused: (refused: RefusedFiles) => void;
  readonly damaged: () => void;
}

/** Passes on what the library's process tells of, to the window and to what plays. */
export function passOnLibraryNews(parts: LibraryNewsParts): void {
  const { on, port, send, player } = parts;
  let lastScan: ScanProgress | null = null;
  on('library.scanned', (progress) => {
    lastScan = progress;
    send('library.scanned', progress);
  });
  // A scan ends with its process, and nobody else is left to say so.
  port.onClose(() => {
    if (lastScan?.state === 'running') send('library.scanned', { ...lastScan, state: 'failed' });
  });
  on('library.damaged', parts.damaged);
  on('library.changed', (change) => {
    send('library.changed', change);
    player.libraryChanged(change);
  });
  on('sounds.changed', (change) => {
    send('sounds.changed', change);
    player.libraryChanged({ trackIds: [change.id] });
  });
  on('playlists.changed', (all) => send('playlists.changed', all));
  on('editing.progressed', (progress) => send('editing.progressed', progress));
  on('editing.refused', parts.editsRefused);
}
