import type { LoopPoints } from '../../shared/track-sound.ts';

/** How finely the handles of a loop move, by the keyboard too. */
export const stepSeconds = 0.1;

/**
 * Where the handles stand. On whole steps: between them the slider and the browser's own range input
 * round in different ways, and a key that is pressed may then change nothing.
 */
export function handlesOf({ startSeconds, endSeconds }: LoopPoints, total: number): number[] {
  const last = Math.floor(total / stepSeconds);
  return [startSeconds, endSeconds].map(
    (seconds) => Math.min(Math.round(seconds / stepSeconds), last) * stepSeconds,
  );
}

/** The points for handles that were moved: who stays keeps its point to the sample. */
export function pointsOf(
  handles: readonly number[],
  points: LoopPoints,
  total: number,
): LoopPoints {
  const before = handlesOf(points, total);
  const moved = (index: number, point: number): number => {
    const handle = handles[index] ?? point;
    const stays = Math.abs(handle - (before[index] ?? handle)) < stepSeconds / 2;
    return stays ? point : handle;
  };
  return { startSeconds: moved(0, points.startSeconds), endSeconds: moved(1, points.endSeconds) };
}
