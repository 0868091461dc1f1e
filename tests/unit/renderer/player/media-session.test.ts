import { describe, expect, it } from 'vitest';
import { connectMediaSession } from '../../../../renderer/player/media-session.ts';
import { createSessionStore } from '../../../../renderer/player/session-store.ts';
import { silence } from '../../../../renderer/player/silence.ts';
import type { SessionView } from '../../../../shared/session.ts';
import { createMemoryMain } from '../../../support/memory-main.ts';
import { createSessionRig, idsOf, singles, spot, track } from '../../../support/session-rig.ts';

const tracks = [track(1, { cover: 'c0ffee' }), track(2, { cover: 'bean' }), ...singles(9).slice(2)];

describe('the media controls of Windows and macOS', () => {
  it('show what plays, with its cover once that is loaded', async () => {
    const { shown, send, session } = start();
    expect(shown.playbackState).toBe('none');
    session.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
    send();
    expect(shown).toMatchObject({ playbackState: 'playing', element: 'playing' });
    expect(shown.metadata).toMatchObject({ title: 'Track 1', artist: 'Artist', album: 'Album 1' });
    const artwork = [{ src: 'blob:/cover/c0ffee/320', type: 'image/jpeg' }];
    await expect.poll(() => shown.metadata?.artwork).toEqual(artwork);
  });

  it('let go of a cover that is no longer shown', async () => {
    const { shown, send, session } = start();
    session.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
    send();
    await expect.poll(() => shown.metadata?.artwork).toHaveLength(1);
    for (const skips of [1, 2]) {
      session.dispatch({ kind: 'next' });
      send();
      expect(shown.metadata?.title).toBe(`Track ${skips + 1}`);
    }
    await expect
      .poll(() => shown.dropped)
      .toEqual(['blob:/cover/c0ffee/320', 'blob:/cover/bean/320']);
    expect(shown.metadata?.artwork).toEqual([]);
  });

  it('are silent while the music is paused, and offer what can be done', () => {
    const { shown, send, session } = start();
    expect(shown.offered()).toEqual([]);
    session.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
    send();
    expect(shown.offered()).toEqual([
      'nexttrack',
      'pause',
      'previoustrack',
      'seekbackward',
      'seekforward',
      'seekto',
      'stop',
    ]);
    session.dispatch({ kind: 'pause' });
    send();
    expect(shown).toMatchObject({ playbackState: 'paused', element: 'paused' });
    expect(shown.offered()).toContain('play');
    expect(shown.offered()).not.toContain('pause');
  });

  it('do to the music what the buttons say', () => {
    const { shown, send, session, asked } = start();
    session.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
    send();
    const presses = [
      { action: 'seekto', seekTime: 42 },
      { action: 'seekforward', seekOffset: 5 },
      { action: 'seekbackward' },
      { action: 'nexttrack' },
      { action: 'previoustrack' },
      { action: 'pause' },
    ] as const;
    for (const press of presses) shown.handlers.get(press.action)?.(press);
    expect(asked()).toEqual([
      ['session.seek', { seconds: 42 }],
      ['session.seek', { seconds: 47 }],
      ['session.seek', { seconds: 37 }],
      ['session.next', undefined],
      ['session.previous', undefined],
      ['session.pause', undefined],
    ]);
  });

  it('have the position, never beyond the end', () => {
    const { shown, send, session, report } = start();
    session.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
    send();
    expect(shown.position).toEqual({ duration: 200, position: 0, playbackRate: 1 });
    report(0.4);
    expect(shown.position).toMatchObject({ position: 0 });
    report(61);
    expect(shown.position).toMatchObject({ position: 61 });
    report(200.3);
    expect(shown.position).toMatchObject({ position: 200 });
  });

  it('say whose advertisement it is, and skip nothing of it', () => {
    const { shown, send, session } = start();
    session.preparePod = () => [spot('Lamps', 20)];
    session.dispatch({ kind: 'play', trackIds: idsOf(tracks), start: 0, shuffle: undefined });
    while (session.view().adBreak === null) session.run(1);
    send();
    expect(shown.metadata).toMatchObject({ title: 'Lamps', artist: 'Lamps company' });
    expect(shown.offered()).toEqual(['pause', 'stop']);
    expect(shown.position).toMatchObject({ duration: 20 });
  });

  it('play a silence that is long enough to be taken for music', async () => {
    const bytes = new DataView(await silence().arrayBuffer());
    const [hertz, length] = [bytes.getUint32(24, true), bytes.getUint32(40, true)];
    expect(length / hertz).toBeGreaterThan(5);
    expect(bytes.byteLength).toBe(44 + length);
    expect(new Set(new Uint8Array(bytes.buffer, 44))).toEqual(new Set([128]));
  });
});

function start() {
  const session = createSessionRig({ tracks });
  const main = createMemoryMain({
    'session.report': () => undefined,
    'session.seek': () => undefined,
    'session.next': () => undefined,
    'session.previous': () => undefined,
    'session.pause': () => undefined,
    'session.resume': () => undefined,
  });
  const store = createSessionStore(main);
  const handlers = new Map<string, MediaSessionActionHandler>();
  const shown = {
    metadata: null as MediaMetadata | null,
    playbackState: 'none' as MediaSessionPlaybackState,
    position: undefined as MediaPositionState | undefined,
    element: 'paused' as 'playing' | 'paused',
    dropped: [] as string[],
    handlers,
    offered: () => [...handlers.keys()].toSorted(),
  };
  connectMediaSession(store, {
    session: Object.assign(shown, {
      setActionHandler(action: MediaSessionAction, handler: MediaSessionActionHandler | null) {
        if (handler === null) handlers.delete(action);
        else handlers.set(action, handler);
      },
      setPositionState: (state?: MediaPositionState) => void (shown.position = state),
    }),
    element: {
      play: () => Promise.resolve(void (shown.element = 'playing')),
      pause: () => void (shown.element = 'paused'),
    },
    describe: (metadata) => metadata as MediaMetadata,
    loadPicture: (address) => Promise.resolve(`blob:${address}`),
    dropPicture: (address) => void shown.dropped.push(address),
  });
  const view = (): SessionView => session.view();
  return {
    shown,
    session,
    send: () => main.send('session.changed', view()),
    report: (seconds: number) => {
      const play = view().now?.play ?? 0;
      void store.getState().report({ kind: 'position', play, seconds });
    },
    asked: () => main.asked.filter(([name]) => name !== 'session.report'),
  };
}
