import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

export interface Log {
  readonly info: (message: string) => void;
  /** For faults of ours: the cause is written with its stack. */
  readonly fault: (message: string, cause: unknown) => void;
}

const largestBytes = 1_000_000;

/**
 * Writes lines to `refrain.log` in the folder and to the terminal. One older file is kept.
 * A log that can't be written never stops the app.
 */
export function createLog(folder: string, now: () => number): Log {
  const file = join(folder, 'refrain.log');
  try {
    mkdirSync(folder, { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) {
      renameSync(file, `${file}.1`);
    }
  } catch {
    // The lines still reach the terminal.
  }

  function write(level: string, message: string): void {
    const line = `${new Date(now()).toISOString()} ${level} ${message}\n`;
    process.stderr.write(line);
    try {
      appendFileSync(file, line);
    } catch {
      // As above.
    }
  }

  return {
    info: (message) => write('info', message),
    fault: (message, cause) => write('fault', `${message}: ${inspect(cause)}`),
  };
}
