import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const source = pathToFileURL(
  fileURLToPath(new URL('../../../electron/log.ts', import.meta.url)),
).href;

/** Runs the lines in a process of their own, with `log` in it, whose terminal is closed at once. */
async function runWithClosedTerminal(folder: string, lines: string): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', '--input-type=module', '--eval'],
      `import { createLog } from ${JSON.stringify(source)};
      const log = createLog(${JSON.stringify(folder)}, Date.now);
      process.on('uncaughtException', (error) => log.fault('Not caught', error));
      process.stdin.once('end', async () => { ${lines} });
      process.stdin.resume();`,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  child.stderr.destroy();
  child.stdin.end();
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('the log', () => {
  it('goes on in its file when the terminal is closed, and makes no faults of that', async () => {
    const folder = await temporaryFolder();
    const code = await runWithClosedTerminal(
      folder,
      `for (let count = 0; count < 20; count += 1) {
        log.info('line ' + count);
        await new Promise(setImmediate);
      }`,
    );
    const lines = (await readFile(join(folder, 'refrain.log'), 'utf8')).trim().split('\n');
    expect(code).toBe(0);
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info line 19$/);
  });

  it('stays small however much is said, with the newest in it', async () => {
    const folder = await temporaryFolder();
    await runWithClosedTerminal(
      folder,
      `for (let count = 0; count < 300; count += 1) log.fault('line ' + count, 'x'.repeat(50_000));
      log.info('the end');`,
    );
    expect((await readdir(folder)).sort()).toEqual(['refrain.log', 'refrain.log.1']);
    for (const name of ['refrain.log', 'refrain.log.1']) {
      expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1_000_000);
    }
    expect(await readFile(join(folder, 'refrain.log'), 'utf8')).toMatch(/the end\n$/);
  });
});
