import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

/** A music player daemon with a configuration and a database of its own. */
export interface Mpd {
  /** Forgets everything, then scans the music. @returns milliseconds of the scan alone */
  readonly scan: () => Promise<number>;
  /** @returns milliseconds */
  readonly rescan: () => Promise<number>;
  readonly songs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export const mpdMissing = 'no mpd here: apt-get install mpd';

const startTries = 200;
const startTryMilliseconds = 25;

/** @param scratch a folder for its files. @returns null when mpd is not installed */
export async function openMpd(music: string, scratch: string): Promise<Mpd | null> {
  if (spawnSync('mpd', ['--version']).status !== 0) return null;
  const folder = join(scratch, 'mpd');
  const [empty, current, database, socket] = ['empty', 'current', 'database', 'socket'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string];
  await mkdir(empty, { recursive: true });
  const configuration = join(folder, 'mpd.conf');
  await writeFile(
    configuration,
    [
      `music_directory "${current}"`,
      `db_file "${database}"`,
      `log_file "${join(folder, 'log')}"`,
      `bind_to_address "${socket}"`,
      'auto_update "no"',
      'audio_output {\n  type "null"\n  name "none"\n}\n',
    ].join('\n'),
  );
  let running: ChildProcess | null = null;
  let client: Awaited<ReturnType<typeof openClient>> | null = null;

  /** The music is a link, which leads to nothing while mpd starts: it would begin to scan at once. */
  async function pointAt(target: string): Promise<void> {
    await rm(current, { force: true });
    await symlink(target, current);
  }

  async function start(): Promise<void> {
    await stop();
    await rm(database, { force: true });
    await rm(socket, { force: true });
    await pointAt(empty);
    running = spawn('mpd', ['--no-daemon', configuration], { stdio: 'ignore' });
    for (let tried = 0; client === null; tried += 1) {
      if (tried === startTries) throw new Error('mpd did not start');
      await wait(startTryMilliseconds);
      client = await openClient(socket).catch(() => null);
    }
    await client.updateEnded();
  }

  async function stop(): Promise<void> {
    client?.close();
    client = null;
    const ending = running;
    running = null;
    if (ending === null || ending.exitCode !== null) return;
    ending.kill();
    await once(ending, 'exit');
  }

  async function update(): Promise<number> {
    if (client === null) throw new Error('mpd does not run');
    const began = performance.now();
    await client.ask('update');
    await client.updateEnded();
    return performance.now() - began;
  }

  return {
    async scan() {
      await start();
      await pointAt(music);
      return update();
    },
    rescan: update,
    async songs() {
      const { songs } = (await client?.ask('stats')) ?? {};
      return Number(songs ?? 0);
    },
    close: stop,
  };
}

/** One connection, one question at a time. https://mpd.readthedocs.io/en/stable/protocol.html */
async function openClient(path: string) {
  const connection = connect(path);
  await once(connection, 'connect');
  const lines = createInterface({ input: connection })[Symbol.asyncIterator]();

  async function answer(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (;;) {
      const { value: line, done } = (await lines.next()) as IteratorResult<string, undefined>;
      if (done === true || line.startsWith('ACK'))
        throw new Error(`mpd says: ${line ?? 'nothing'}`);
      if (line.startsWith('OK')) return found;
      const [name = '', value = ''] = line.split(': ');
      found[name] = value;
    }
  }

  function ask(command: string): Promise<Record<string, string>> {
    connection.write(`${command}\n`);
    return answer();
  }

  await answer();
  return {
    ask,
    /** What happened since the last question is told at once, so nothing is missed. */
    async updateEnded() {
      while ('updating_db' in (await ask('status'))) await ask('idle update');
    },
    close: () => connection.destroy(),
  };
}
