import { spawn } from 'node:child_process';

/**
 * A program and its arguments, ready to be run or wrapped by another program.
 * @typedef {readonly [program: string, ...args: string[]]} Command
 * @typedef {import('node:child_process').SpawnOptions} SpawnOptions
 * @typedef {Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>} Circumstances
 */

/**
 * Runs a program on this terminal. Ctrl-C reaches it from the terminal itself, and it ends in its
 * own way before we do; requests to terminate are handed on.
 * @param {Command} command
 * @param {Circumstances & Pick<SpawnOptions, 'stdio'>} [circumstances]
 * @returns {Promise<number>} its exit code; 128 when a signal ended it, 127 when it couldn't start
 */
export function runOnTerminal([program, ...args], circumstances = {}) {
  const child = spawn(program, args, { stdio: 'inherit', ...circumstances });
  /** @type {NodeJS.SignalsListener} */
  const handOn = (signal) => {
    if (signal !== 'SIGINT') child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, handOn);
  return new Promise((resolve) => {
    const finish = (/** @type {number} */ code) => {
      for (const signal of signals) process.off(signal, handOn);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      finish(127);
    });
    child.on('exit', (code) => finish(code ?? 128));
  });
}

/**
 * Runs a program quietly.
 * @param {Command} command
 * @param {Circumstances} [circumstances]
 * @returns {Promise<{ code: number, output: string }>} output holds stdout and stderr as they came;
 *   code is 127 when the program couldn't start, 128 when a signal ended it
 */
export function runQuietly([program, ...args], circumstances = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...circumstances });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 128, output }));
  });
}
