import { describe, expect, it } from 'vitest';
import type { Playable } from '../../shared/track-sound.ts';
import { coverFile, createDesktopRig, startBus } from '../support/desktop-rig.ts';
import { singles, spot, track } from '../support/session-rig.ts';

const anHour = 3600;

describe.skipIf(process.platform !== 'linux')('the media controls of a Linux desktop', () => {
  it('show what plays, its cover and where it is', async () => {
    const { playerctl, session, play } = await startPlayer({
      tracks: [track(1, { title: 'Été', cover: 'c0ffee', track: 3, disc: 2 }), track(2)],
    });
    expect(await playerctl('-l')).toBe('refrain');
    expect(await playerctl('status')).toBe('Stopped');
    play();
    session.run(12);
    expect(await playerctl('status')).toBe('Playing');
    expect(await wholeSeconds(playerctl)).toBe(12);
    const format = '{{title}} · {{artist}} · {{album}} · {{mpris:length}} · {{mpris:artUrl}}';
    expect(await playerctl('metadata', '--format', format)).toBe(
      `Été · Artist · Album 1 · 200000000 · file://${encodeURI(coverFile('c0ffee'))}`,
    );
    expect(await playerctl('metadata', 'xesam:trackNumber')).toBe('3');
    expect(await playerctl('metadata', 'xesam:discNumber')).toBe('2');
  });

  it('play, pause, skip, go back and seek, also far into a long track', async () => {
    const { playerctl, session, play } = await startPlayer({
      tracks: [track(1, { seconds: 3 * anHour }), track(2)],
    });
    play();
    session.run(anHour + 5);
    expect(await wholeSeconds(playerctl)).toBe(3605);
    await playerctl('position', '100+');
    expect(await wholeSeconds(playerctl)).toBe(3705);
    await playerctl('position', '7322.5');
    expect(session.view().positionSeconds).toBe(7322.5);
    await playerctl('position', '8000-');
    expect(await wholeSeconds(playerctl)).toBe(0);
    await playerctl('pause');
    expect(await playerctl('status')).toBe('Paused');
    await playerctl('play-pause');
    await playerctl('next');
    expect(await playerctl('metadata', 'title')).toBe('Track 2');
    // There is nothing after it, and the music is not to stop for that.
    await playerctl('next');
    expect(await playerctl('status')).toBe('Playing');
    await playerctl('previous');
    expect(await playerctl('metadata', 'title')).toBe('Track 1');
  });

  it('stop for good, and begin from the start again', async () => {
    const { playerctl, session, play } = await startPlayer({ tracks: singles(2) });
    play();
    session.run(30);
    await playerctl('stop');
    expect(await playerctl('status')).toBe('Stopped');
    session.run(3);
    expect(await wholeSeconds(playerctl)).toBe(0);
    await playerctl('play');
    session.run(2);
    expect(await playerctl('status')).toBe('Playing');
    expect(await wholeSeconds(playerctl)).toBe(2);
  });

  it('know that the queue is over, and play it again', async () => {
    const { playerctl, session, play } = await startPlayer({ tracks: singles(2) });
    play();
    session.run(401);
    expect(await playerctl('status')).toBe('Stopped');
    expect(await playerctl('metadata', 'title')).toBe('No player could handle this command');
    await playerctl('play');
    expect(await playerctl('metadata', 'title')).toBe('Track 1');
  });

  it('set volume, shuffle, speed and repeat; repeating a track belongs to premium', async () => {
    const free = await startPlayer({ tracks: singles(5) });
    free.play();
    await free.playerctl('volume', '0.25');
    await free.playerctl('shuffle', 'On');
    await free.playerctl('loop', 'Playlist');
    expect(free.session.view()).toMatchObject({ volume: 0.25, shuffle: true, repeat: 'all' });
    await free.playerctl('loop', 'Track');
    expect(await free.playerctl('loop')).toBe('Playlist');
    expect(free.log).toEqual([]);

    const premium = await startPlayer({ tracks: singles(5), premium: true });
    premium.play();
    await premium.playerctl('loop', 'Track');
    expect(await premium.playerctl('loop')).toBe('Track');
    await premium.playerctl('loop', 'None');
    expect(premium.session.view().repeat).toBe('off');
  });

  it('say whose advertisement it is, and skip nothing of it', async () => {
    const { playerctl, session, play } = await startPlayer({ tracks: singles(12) });
    session.preparePod = () => [spot('Lamps', 30)];
    play();
    while (session.view().adBreak === null) session.run(1);
    session.run(4);
    expect(await playerctl('status')).toBe('Playing');
    expect(await playerctl('metadata', '--format', '{{artist}}: {{title}}')).toBe(
      'Lamps company: Lamps',
    );
    expect(await wholeSeconds(playerctl)).toBe(4);
    const before = session.view();
    for (const word of ['next', 'previous']) await playerctl(word);
    await playerctl('position', '20');
    expect(session.view().adBreak).toEqual(before.adBreak);
    expect(session.view().now).toEqual(before.now);
  });

  it('tell two players apart', async () => {
    const bus = await startBus();
    for (const id of [1, 2]) {
      const rig = await createDesktopRig({ tracks: [track(id)], openBus: bus.open });
      rig.play();
    }
    const names = (await bus.playerctl('-l')).split('\n').toSorted();
    expect(names).toEqual(['refrain', `refrain.instance${process.pid}`]);
    expect(await bus.playerctl('-p', 'refrain', 'metadata', 'title')).toBe('Track 1');
    expect(await bus.playerctl('-p', names[1] ?? '', 'metadata', 'title')).toBe('Track 2');
  });

  it('play a file that is asked for, and follow nothing but files and links of ours', async () => {
    const { playerctl, opened } = await startPlayer({ tracks: singles(1) });
    await playerctl('open', 'file:///music/a%20song.flac');
    await playerctl('open', 'refrain://open/album/1');
    await playerctl('open', 'https://example.org/a.mp3');
    await playerctl('open', 'file://elsewhere/a.mp3');
    expect(opened).toEqual(['/music/a song.flac', 'refrain://open/album/1']);
  });
});

async function startPlayer(options: {
  readonly tracks: readonly Playable[];
  readonly premium?: boolean;
}) {
  const bus = await startBus();
  const rig = await createDesktopRig({ ...options, openBus: bus.open });
  return { ...rig, playerctl: bus.playerctl };
}

/** It counts on from what it was told, by some microseconds. */
async function wholeSeconds(playerctl: (word: string) => Promise<string>): Promise<number> {
  return Math.floor(Number(await playerctl('position')));
}
