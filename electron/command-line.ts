import { once } from 'node:events';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { RefrainError, assertNever } from '../shared/errors.ts';
import {
  expectFolders,
  expectLibrary,
  exportTracks,
  scan,
  search,
} from './command-line/commands.ts';
import { type Command, UsageError, readCommand, usage } from './command-line/read-command.ts';
import { checkLibrary } from './database/check.ts';
import { createLibraryProcess } from './library-process.ts';

/**
 * `refrain`: the library without a window, in plain Node. The result goes to stdout and nothing else
 * does; faults and what is wrong go to stderr.
 */
async function main(): Promise<number> {
  // Whoever reads may have seen enough, as `head` does.
  process.stdout.on('error', () => process.exit(0));
  try {
    const command = readCommand(process.argv.slice(2), process.cwd());
    return await perform(command);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`refrain: ${error.message}\n\n${usage}`);
      return 2;
    }
    console.error(`refrain: ${error instanceof RefrainError ? wordsFor(error) : inspect(error)}`);
    return 1;
  }
}

async function perform(command: Command): Promise<number> {
  switch (command.kind) {
    case 'help':
      await print(usage);
      return 0;
    case 'scan':
      expectFolders(command.folders);
      return withLibrary(command.ground.profile, async ({ library }) => {
        process.once('SIGINT', () => library.cancelScan());
        await print(asText(await scan(library, command.folders), command.ground.json));
        return 0;
      });
    case 'search':
      expectLibrary(command.ground.profile);
      return withLibrary(command.ground.profile, async ({ library }) => {
        const found = search(library, command.text, command.limit);
        const lines = found.tracks.map(({ title, artist, album }) =>
          [title, artist, album].join('\t'),
        );
        await print(
          command.ground.json
            ? `${JSON.stringify(found)}\n`
            : [...lines, `${found.total} found`, ''].join('\n'),
        );
        return 0;
      });
    case 'export':
      expectLibrary(command.ground.profile);
      return withLibrary(command.ground.profile, async ({ library }) => {
        await printTracks(library, command.ground.json);
        return 0;
      });
    case 'check': {
      expectLibrary(command.ground.profile);
      const report = await checkLibrary(join(command.ground.profile, 'library.db'));
      await print(asText(report, command.ground.json));
      return report.whole ? 0 : 1;
    }
    default:
      return assertNever(command);
  }
}

type Parts = ReturnType<typeof createLibraryProcess>;

/** The same parts as the app's, over the same files; nobody else may have them meanwhile. */
async function withLibrary(
  profile: string,
  work: (parts: Parts) => Promise<number>,
): Promise<number> {
  const parts = createLibraryProcess({
    profile,
    emit: () => undefined,
    fault: (message, cause) => console.error(`refrain: ${message}: ${inspect(cause)}`),
    now: Date.now,
  });
  try {
    return await work(parts);
  } finally {
    await parts.database.close();
  }
}

/** One object on one line, or a line for each track: its file, then what it says. */
async function printTracks(library: Parts['library'], json: boolean): Promise<void> {
  let isFirst = true;
  if (json) await print('{"tracks":[');
  for (const page of exportTracks(library)) {
    const lines = page.map((track) =>
      json ? JSON.stringify(track) : Object.values(track).join('\t'),
    );
    const separator = json ? ',' : '\n';
    await print((isFirst ? '' : separator) + lines.join(separator));
    isFirst = false;
  }
  await print(json ? ']}\n' : isFirst ? '' : '\n');
}

function asText(result: object, json: boolean): string {
  if (json) return `${JSON.stringify(result)}\n`;
  return Object.entries(result)
    .map(([name, value]) => `${name}: ${wordFor(value)}\n`)
    .join('');
}

function wordFor(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('\n  ');
  return String(value);
}

/** Waits where the reader is slower. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

function wordsFor({ code, message, detail }: RefrainError): string {
  if (detail === 'in_use') return 'another Refrain has this library open: quit it first';
  if (code === 'newer_database') return `${message} (version ${detail ?? ''})`;
  return message;
}

const exitCode = await main();
// What is printed goes on its way first; a thread that idles must not keep the process.
process.stdout.write('', () => process.exit(exitCode));
