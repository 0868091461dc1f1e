import { constants, setPriority } from 'node:os';

/**
 * Lets the window, main and the answers of the library go first where they want the processor too.
 * For threads that work in the background; it holds for the threads that they start as well.
 */
export function lowerPriority(): void {
  // Only Linux takes a priority for a single thread: elsewhere the answers would wait, too.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
