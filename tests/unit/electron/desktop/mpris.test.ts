import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Call, SessionBus, Typed } from '../../../../electron/desktop/session-bus.ts';
import { createDesktopRig } from '../../../support/desktop-rig.ts';
import { singles, spot, track } from '../../../support/session-rig.ts';

const player = 'org.mpris.MediaPlayer2.Player';
const properties = 'org.freedesktop.DBus.Properties';

describe('MPRIS', () => {
  it('tells of what changed and of nothing else', async () => {
    const { dispatch, play, signals } = await start();
    play();
    signals.length = 0;
    dispatch({ kind: 'setVolume', volume: 0.5 });
    dispatch({ kind: 'setVolume', volume: 0.5 });
    expect(signals).toEqual([
      { member: 'PropertiesChanged', values: changedTo({ Volume: ['d', 0.5] }) },
    ]);
  });

  it('tells of each seek, and not that time goes by', async () => {
    const { session, dispatch, play, signals } = await start();
    play();
    session.run(20);
    signals.length = 0;
    dispatch({ kind: 'seek', seconds: 100 });
    session.run(20);
    dispatch({ kind: 'seek', seconds: 3 });
    session.run(20);
    expect(signals).toEqual([seekedTo(100), seekedTo(3)]);
  });

  it('tells where a track goes on that does not begin at its start', async () => {
    const { session, dispatch, play, signals } = await start();
    play();
    session.run(50);
    dispatch({ kind: 'pause' });
    signals.length = 0;
    dispatch({ kind: 'resume' });
    session.run(5);
    expect(signals.map(({ member }) => member)).toEqual(['PropertiesChanged']);
  });

  it('gives each playing of a track a name of its own', async () => {
    const { session, play, ask } = await start({ premium: true });
    session.dispatch({ kind: 'setRepeat', repeat: 'track' });
    play();
    const first = trackIdOf(ask('GetAll', player));
    session.run(220);
    expect(trackIdOf(ask('GetAll', player))).not.toBe(first);
  });

  it('never skips, seeks or gives the wrong title in a break', async () => {
    const { session, play, ask } = await start();
    session.preparePod = () => [spot('Lamps', 20)];
    play();
    while (session.view().adBreak === null) session.run(1);
    const told = ask('GetAll', player);
    for (const name of ['CanGoNext', 'CanGoPrevious', 'CanSeek']) {
      expect(propertiesIn(told)[name]).toEqual(['b', false]);
    }
    expect(propertiesIn(told)['Metadata']?.[1]).toMatchObject({ 'xesam:title': ['s', 'Lamps'] });
  });

  it('ignores a position that is meant for a track that is over', async () => {
    const { session, play, call, ask } = await start();
    play();
    const before = trackIdOf(ask('GetAll', player));
    call(player, 'Next');
    session.run(5);
    call(player, 'SetPosition', before, 60_000_000n);
    expect(session.view().positionSeconds).toBe(5);
    call(player, 'SetPosition', trackIdOf(ask('GetAll', player)), 60_000_000n);
    expect(session.view().positionSeconds).toBe(60);
    call(player, 'Seek', 10_000_000_000n);
    expect(session.view().now?.track.id).toBe(3);
  });

  it('brings the window to the front, and quits', async () => {
    const { desktop, call, shown } = await start();
    desktop.act('hide');
    await expect.poll(() => shown.window).toBe('minimized');
    call('org.mpris.MediaPlayer2', 'Raise');
    expect(shown.window).toBe('shown');
    call('org.mpris.MediaPlayer2', 'Quit');
    expect(shown.quit).toBe(true);
  });

  it('answers any call with values or an error, and never throws', async () => {
    const { play, call } = await start();
    play();
    const anything = fc.oneof(
      fc.string(),
      fc.constantFrom(player, 'Rate', 'Volume', 'LoopStatus', 'Shuffle', 'Position', 'Metadata'),
      fc.double(),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
    );
    const members = ['Get', 'GetAll', 'Set', 'Seek', 'SetPosition', 'OpenUri', 'Play', 'Stop'];
    fc.assert(
      fc.property(
        fc.constantFrom(player, properties, 'org.mpris.MediaPlayer2', undefined, 'other'),
        fc.oneof(fc.constantFrom(...members), fc.string()),
        fc.array(anything, { maxLength: 4 }),
        (of, member, body) => {
          const answer = call(of, member, ...body);
          if (answer !== null) expect(['reply', 'error']).toContain(answer.kind);
        },
      ),
    );
  });

  it('does without the controls where there is no bus, and says so once', async () => {
    const { log, play, session, shown } = await createDesktopRig({
      tracks: singles(3),
      openBus: () => Promise.reject(new Error('nobody listens')),
    });
    play();
    session.run(5);
    expect(shown.tray?.tooltip).toBe('Track 1 — Artist');
    expect(log).toEqual(['No session bus, so the desktop has no media controls: nobody listens']);
  });
});

async function start({ premium = false } = {}) {
  const signals: { readonly member: string; readonly values: readonly Typed[] }[] = [];
  let answer: (call: Call) => Answer = () => null;
  const bus: SessionBus = {
    serve: (_path, answers) => (answer = answers),
    signal: (_path, _from, member, values) => void signals.push({ member, values }),
    takeName: () => Promise.resolve(true),
    hasOwner: () => Promise.resolve(false),
    close: () => undefined,
  };
  const tracks = [...singles(12), track(13, { seconds: 7200 })];
  const openBus = () => Promise.resolve(bus);
  const rig = await createDesktopRig({ tracks, premium, openBus });
  const call = (of: string | undefined, member: string, ...body: readonly unknown[]) =>
    answer({ interface: of, member, body });
  return {
    ...rig,
    signals,
    call,
    ask: (member: string, ...body: readonly unknown[]) => call(properties, member, ...body),
  };
}

function propertiesIn(answer: Answer): Readonly<Record<string, Typed>> {
  const value = answer?.kind === 'reply' ? answer.values[0] : undefined;
  return (value?.[1] ?? {}) as Readonly<Record<string, Typed>>;
}

function trackIdOf(answer: Answer): unknown {
  const metadata = propertiesIn(answer)['Metadata']?.[1] as Readonly<Record<string, Typed>>;
  return metadata['mpris:trackid']?.[1];
}

function changedTo(changed: Readonly<Record<string, Typed>>): readonly Typed[] {
  return [
    ['s', player],
    ['a{sv}', changed],
    ['as', []],
  ];
}

function seekedTo(seconds: number) {
  return { member: 'Seeked', values: [['x', seconds * 1e6]] };
}
