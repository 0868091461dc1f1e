import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { gatherOpenings } from '../../../../electron/shell/openings.ts';

describe('what the system asks the app to open', () => {
  it('waits until somebody opens it, and comes at once from then on, each once and in order', () => {
    const app = new EventEmitter();
    const follow = gatherOpenings(app as unknown as App);
    const opened: unknown[] = [];
    app.emit('open-url', { preventDefault: () => undefined }, 'refrain://open/home');
    app.emit('second-instance', {}, ['refrain', 'song.flac'], '/music');
    follow((argv, directory) => void opened.push([argv, directory]));
    expect(opened).toEqual([
      [['refrain://open/home'], '/'],
      [['refrain', 'song.flac'], '/music'],
    ]);
    app.emit('open-file', { preventDefault: () => undefined }, '/music/other.flac');
    expect(opened.slice(2)).toEqual([[['/music/other.flac'], '/']]);
  });
});
