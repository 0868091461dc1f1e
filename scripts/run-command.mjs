import { spawn } from 'node:child_process';

/**
 * A program and its arguments, ready to be run or wrapped by another program.
 * @typedef {readonly [program: string, ...args: string[]]} Command
 */

/**
 * Runs a program on this terminal; Ctrl-C goes to it and not to us, so that it can end in its own way.
 * @param {Command} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>} its exit code; 128 when a signal ended it, 127 when it could not be started
 */
export function runOnTerminal(command, options = {}) {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'inherit', ...options });
  const leaveItToTheChild = () => {};
  process.on('SIGINT', leaveItToTheChild);
  return new Promise((resolve) => {
    const finish = (/** @type {number} */ code) => {
      process.off('SIGINT', leaveItToTheChild);
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
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<{ code: number, output: string }>} output holds stdout and stderr as they came
 */
export function runQuietly(command, options = {}) {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 128, output }));
  });
}
