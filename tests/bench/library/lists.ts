import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { createLibraryProcess } from '../../../electron/library-process.ts';
import { note, type Row, rounded } from './figures.ts';

/**
 * What one click may set going in the library's process: whole lists into a playlist, liked, taken
 * out. In plain Node, for the time that its event loop stands still meanwhile.
 */
export async function largeLists(music: string, scratch: string): Promise<Row[]> {
  const parts = createLibraryProcess({
    profile: join(scratch, 'lists'),
    emit: () => undefined,
    fault: (message, cause) => console.error(message, cause),
    now: () => Date.now(),
  });
  try {
    const { library, playlists } = parts;
    const scanned = await timed(async () => {
      await library.addFolder(music, { sample: false });
      await library.scanEnded();
    });
    const ids = [...library.trackIds({ from: 'all' })].slice(0, 100_000);
    const list = playlists.create('All', null).id;
    const added = await timed(() => playlists.add(list, { from: 'tracks', ids }));
    const { itemIds } = playlists.items(list);
    const [last = 0] = itemIds.subarray(-1);
    const [top = null] = itemIds;
    const moved = await timed(() => playlists.moveItems(list, [last], top));
    const liked = await timed(() => library.setLiked(ids, true));
    playlists.remove(list);
    library.setLiked(ids, false);
    const [source] = library.sources();
    if (source === undefined) throw new Error('The music is a source');
    const removed = await timed(() => library.removeSource(source.id));
    return [
      note('longest block of the library’s process while scanning', `${rounded(scanned.block)} ms`),
      all('all tracks into a playlist, at most 100,000', added),
      all('one of them moved to its top', moved),
      all('all of them liked', liked),
      all('the folder taken out', removed),
    ];
  } finally {
    await parts.database.close();
  }
}

interface Timing {
  readonly milliseconds: number;
  /** The longest that the event loop stood still. */
  readonly block: number;
}

async function timed(work: () => unknown): Promise<Timing> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // The first turn only sets the clock that the others are measured by.
  await new Promise((resolve) => setTimeout(resolve, 5));
  const began = performance.now();
  await work();
  const milliseconds = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  return { milliseconds, block: delay.max / 1e6 };
}

function all(what: string, { milliseconds }: Timing): Row {
  return note(what, `${rounded(milliseconds)} ms`);
}
