#!/usr/bin/env node
// Makes a Debian package from the arguments that electron-builder gives to fpm, which it would
// have to download. Used where there is no network (see dist.mjs), through CUSTOM_FPM_PATH.
import { chmod, cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runQuietly } from './run-command.mjs';
import { SetUpError, runScript } from './project.mjs';

/** Switches of fpm that take no value. */
const FLAGS = ['--force', '--debug'];

if (process.argv[1] === import.meta.filename) {
  await runScript(() => makeDeb(readFpmArguments(process.argv.slice(2))));
}

/**
 * @typedef {object} Wanted
 * @property {(name: string) => string | undefined} value of a switch given once
 * @property {(name: string) => readonly string[]} values of a switch given any number of times
 * @property {readonly { from: string, to: string }[]} files a `from` that ends in a slash stands
 *   for what is in that folder
 */

/**
 * @param {readonly string[]} args
 * @returns {Wanted}
 */
export function readFpmArguments(args) {
  /** @type {Map<string, string[]>} */
  const switches = new Map();
  const files = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (FLAGS.includes(arg)) continue;
    if (arg.startsWith('-')) {
      at += 1;
      switches.set(arg, [...(switches.get(arg) ?? []), args[at] ?? '']);
    } else {
      const middle = arg.indexOf('=');
      files.push({ from: arg.slice(0, middle), to: arg.slice(middle + 1) });
    }
  }
  const values = (/** @type {string} */ name) => switches.get(name) ?? [];
  return { values, value: (name) => values(name)[0], files };
}

/**
 * Writes the control file (Debian Policy §5.3).
 * @param {Wanted} wanted
 * @param {number} kibibytes that the installed files take
 */
export function writeControl({ value, values }, kibibytes) {
  const fields = {
    Package: value('--name'),
    Version: value('--version'),
    Architecture: value('--architecture'),
    Maintainer: value('--maintainer'),
    'Installed-Size': String(kibibytes),
    Depends: values('-d').join(', '),
    Recommends: values('--deb-recommends').join(', '),
    Section: value('--category') ?? 'sound',
    Priority: value('--deb-priority') ?? 'optional',
    Homepage: value('--url'),
    Description: foldDescription(value('--description') ?? ''),
  };
  return Object.entries(fields)
    .filter(([, text]) => text !== undefined && text !== '')
    .map(([name, text]) => `${name}: ${text}\n`)
    .join('');
}

/**
 * The first line is the synopsis; the others begin with a space, and empty ones hold a dot.
 * @param {string} description
 */
function foldDescription(description) {
  const [synopsis = '', ...rest] = description.split('\n').map((line) => line.trim());
  return [synopsis, ...rest.map((line) => ` ${line || '.'}`)].join('\n');
}

/** @param {Wanted} wanted */
async function makeDeb(wanted) {
  const root = await mkdtemp(join(tmpdir(), 'refrain-deb-'));
  try {
    await chmod(root, 0o755);
    for (const { from, to } of wanted.files) {
      await mkdir(dirname(join(root, to)), { recursive: true });
      await cp(from, join(root, to), { recursive: true, verbatimSymlinks: true });
      if (!(await stat(from)).isDirectory()) await chmod(join(root, to), 0o644);
    }
    const measured = await runQuietly(['du', '-sk', root]);
    await mkdir(join(root, 'DEBIAN'));
    const control = writeControl(wanted, Number.parseInt(measured.output, 10));
    await writeFile(join(root, 'DEBIAN', 'control'), control);
    await addScript(root, 'postinst', wanted.value('--after-install'));
    await addScript(root, 'postrm', wanted.value('--after-remove'));
    // Made to be tried out: packed fast rather than small.
    const settings = ['--root-owner-group', '-Zxz', '-z1'];
    const target = wanted.value('--package') ?? 'package.deb';
    const built = await runQuietly(['dpkg-deb', ...settings, '--build', root, target]);
    if (built.code !== 0) throw new SetUpError(`dpkg-deb failed:\n${built.output}`);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} name
 * @param {string | undefined} source
 */
async function addScript(root, name, source) {
  if (source === undefined) return;
  await cp(source, join(root, 'DEBIAN', name));
  await chmod(join(root, 'DEBIAN', name), 0o755);
}
