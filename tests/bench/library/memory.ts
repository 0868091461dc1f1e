import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { askMain, goTo, playerOf } from '../../support/app.ts';
import { comparison, median, note, type Row } from './figures.ts';
import { noWindowReason, openApp, type OpenedApp } from './opened-app.ts';

const millisecondsBetween = 5000;
const samplesCounted = 5;

/** All processes with the music in the library, playing, against a library with nothing in it. */
export async function memoryWhilePlaying(
  app: string,
  music: string,
  scratch: string,
  minutes: number,
): Promise<Row[]> {
  const reason = process.platform === 'linux' ? noWindowReason() : 'not measured: PSS is of Linux';
  if (reason !== null) return [note('memory', reason)];
  const profile = join(scratch, 'memory');
  const scanning = await openApp(app, profile);
  await askMain(scanning.window, 'library.addPaths', { paths: [music] });
  await scanning.scanned();
  // Generated files are silent and have holes: what sounds is the sample music.
  await askMain(scanning.window, 'library.addSample');
  await scanning.scanned();
  await scanning.close();

  const full = await openApp(app, profile);
  const empty = await openApp(app, join(scratch, 'empty'));
  try {
    await full.scanned();
    await goTo(full.window, 'Songs');
    await askMain(full.window, 'session.play', {
      tracks: { from: 'search', text: 'lys' },
      start: 0,
    });
    await playerOf(full.window).pause.waitFor();
    const [ours, floor]: [number[], number[]] = [[], []];
    const end = performance.now() + minutes * 60_000;
    do {
      await wait(millisecondsBetween);
      ours.push(full.memory() / 1e6);
      floor.push(empty.memory() / 1e6);
    } while (performance.now() < end);
    const [last, lastFloor] = [ours, floor].map((all) => median(all.slice(-samplesCounted)));
    return [
      comparison(
        `memory of all processes, playing for ${minutes} min`,
        [last ?? 0],
        [lastFloor ?? 0],
        { unit: 'MB', other: 'empty library', bar: { atMost: 1.3 } },
      ),
      note('of it by process', await wordsByProcess(full), await wordsByProcess(empty)),
    ];
  } finally {
    await full.close();
    await empty.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function wordsByProcess(opened: OpenedApp): Promise<string> {
  const each = await opened.memoryOfEach();
  return each.map(({ name, bytes }) => `${name} ${(bytes / 1e6).toFixed(0)}`).join(', ');
}
