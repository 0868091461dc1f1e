import { spawn } from 'node:child_process';
import { SetUpError } from './project.mjs';

const LONGEST_START_MS = 15_000;

/**
 * A program that runs beside us until it is stopped, or until this process ends.
 * @typedef {object} Background
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<unknown>} ended
 * @property {() => Promise<void>} stop waits until it is gone
 */

/**
 * Starts a program in a process group of its own, so that Ctrl-C doesn't end it before the player
 * that uses it.
 * @param {import('./run-command.mjs').Command} command
 * @param {import('./run-command.mjs').Circumstances} circumstances
 * @param {import('node:child_process').StdioOptions} [stdio]
 * @returns {Background}
 */
export function startInBackground([program, ...args], circumstances, stdio = 'ignore') {
  const child = spawn(program, args, { stdio, detached: true, ...circumstances });
  const stopNow = () => void child.kill();
  process.on('exit', stopNow);
  const ended = new Promise((resolve) => {
    child.on('error', resolve);
    child.on('exit', resolve);
  }).then(() => process.off('exit', stopNow));
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { child, ended, stop };
}

/**
 * Starts a server that writes one line, its address, to file descriptor 3 when it is ready.
 * @param {import('./run-command.mjs').Command} command
 * @param {import('./run-command.mjs').Circumstances} circumstances
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>}
 * @throws {SetUpError} when it ends or stays silent instead
 */
export async function startServer(command, circumstances) {
  const stdio = /** @type {const} */ (['ignore', 'ignore', 'pipe', 'pipe']);
  const { child, ended, stop } = startInBackground(command, circumstances, [...stdio]);
  let complaint = '';
  child.stderr?.on('data', (/** @type {Buffer} */ chunk) => {
    complaint = `${complaint}${chunk.toString()}`.slice(-4_000);
  });
  /** @type {unknown} */
  const address = await Promise.race([
    firstLine(/** @type {import('node:stream').Readable} */ (child.stdio[3])),
    ended.then(() => undefined),
    new Promise((resolve) => setTimeout(resolve, LONGEST_START_MS).unref()),
  ]);
  if (typeof address !== 'string') {
    await stop();
    throw new SetUpError(`${command[0]} did not start:\n${complaint}`);
  }
  return { address, stop };
}

/**
 * @param {import('node:stream').Readable} stream
 * @returns {Promise<string>}
 */
function firstLine(stream) {
  let text = '';
  return new Promise((resolve) => {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ part) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}
