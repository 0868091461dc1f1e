import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

export interface Log {
  readonly info: (message: string) => void;
  /** For faults of ours: the cause is written with its stack. */
  readonly fault: (message: string, cause: unknown) => void;
}

const largestBytes = 1_000_000;
const longestMessage = 20_000;

/**
 * Writes lines to `refrain.log` in the folder and to the terminal. One older file is kept, so that
 * both together never pass twice the largest size. A log that can't be written never stops the app.
 */
export function createLog(folder: string, now: () => number): Log {
  const file = join(folder, 'refrain.log');
  let bytes = 0;
  try {
    mkdirSync(folder, { recursive: true });
    bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // The lines still reach the terminal.
  }
  // A terminal that was closed must not become a fault, which would be logged to the terminal.
  process.stderr.on('error', () => undefined);

  function write(level: string, message: string): void {
    const said =
      message.length > longestMessage ? `${message.slice(0, longestMessage)} …` : message;
    const line = `${new Date(now()).toISOString()} ${level} ${said}\n`;
    process.stderr.write(line);
    try {
      if (bytes + line.length > largestBytes) {
        renameSync(file, `${file}.1`);
        bytes = 0;
      }
      appendFileSync(file, line);
      bytes += Buffer.byteLength(line);
    } catch {
      // As above.
    }
  }

  return {
    info: (message) => write('info', message),
    fault: (message, cause) => write('fault', `${message}: ${inspect(cause)}`),
  };
}
