import { dirname, sep } from 'node:path';

/** The disk has not answered in time. */
export class StuckDiskError extends Error {}

/**
 * Where reads of the disk go through that may never end: a share that is away answers nothing, and
 * each read of it holds one of the process's few threads until it does.
 */
export interface DiskDoor {
  /**
   * @param path of the file that is read
   * @throws StuckDiskError when it takes too long, or at once where others beside it still do
   */
  readonly enter: <Value>(path: string, work: () => Promise<Value>) => Promise<Value>;
}

export interface DiskDoorLimits {
  readonly longestMilliseconds: number;
  /** Reads of one place that may hold a thread for nothing. */
  readonly mostStuck: number;
}

/** There are four threads, and Electron has started them before anybody could ask for more. */
const usualLimits: DiskDoorLimits = { longestMilliseconds: 4000, mostStuck: 1 };

/** `/run/media/NAME`, `/home/NAME/Music`, `\\\\server\\share`: deep enough to tell disks apart. */
const placeDepth = 4;

export function createDiskDoor(limits: DiskDoorLimits = usualLimits): DiskDoor {
  const stuck = new Map<string, number>();

  function count(place: string, change: number): void {
    const left = (stuck.get(place) ?? 0) + change;
    if (left === 0) stuck.delete(place);
    else stuck.set(place, left);
  }

  async function enter<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
    const place = dirname(path).split(sep).slice(0, placeDepth).join(sep);
    if ((stuck.get(place) ?? 0) >= limits.mostStuck) throw new StuckDiskError(place);
    const working = work();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        count(place, 1);
        const over = () => count(place, -1);
        working.then(over, over);
        reject(new StuckDiskError(place));
      }, limits.longestMilliseconds);
    });
    try {
      return await Promise.race([working, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  return { enter };
}
