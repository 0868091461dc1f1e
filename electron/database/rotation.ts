const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;
const newestKept = 3;
const daysKept = 7;
const weeksKept = 4;
const mostBytes = 4 * 1024 ** 3;
const bytesPerHour = 50_000_000;

interface Rotated {
  readonly at: number;
  readonly bytes: number;
  readonly reason: string;
}

/** Milliseconds between two copies made by themselves: what is small is copied more often. */
export function interval(bytes: number): number {
  return Math.min(day, Math.max(hour, (bytes / bytesPerHour) * hour));
}

/**
 * Those that have had their time. Kept are the newest three, the last of each of seven days and of
 * four weeks, and for a week what was made before something great; the two newest always, the
 * others as long as all together stay below 4 GiB.
 * @param all newest first
 */
export function superfluous<Kept extends Rotated>(all: readonly Kept[], now: number): Kept[] {
  const days = new Set<number>();
  const weeks = new Set<number>();
  let bytes = 0;
  return all.filter((snapshot, index) => {
    const { at, reason } = snapshot;
    const isOfDay = now - at < daysKept * day && isFirst(days, Math.floor(at / day));
    const isOfWeek = now - at < weeksKept * week && isFirst(weeks, Math.floor(at / week));
    const isSpecial = reason.startsWith('before_') && now - at < week;
    if (!(index < newestKept || isOfDay || isOfWeek || isSpecial)) return true;
    bytes += snapshot.bytes;
    return index >= 2 && bytes > mostBytes;
  });
}

function isFirst(seen: Set<number>, value: number): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  return true;
}
