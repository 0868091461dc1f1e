import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What a person asks of the library without a window. Paths are absolute. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'scan'; readonly folders: readonly string[]; readonly ground: Ground }
  | {
      readonly kind: 'search';
      readonly text: string;
      readonly limit: number;
      readonly ground: Ground;
    }
  | { readonly kind: 'export' | 'check'; readonly ground: Ground };

interface Ground {
  readonly profile: string;
  /** One JSON object in place of words. */
  readonly json: boolean;
}

/** The command line is not one of ours; the message says in one line what is wrong with it. */
export class UsageError extends Error {}

export const usage = `Usage: refrain COMMAND --profile DIR [--json]

  scan DIR…                 add the folders to the library and scan them
  search TEXT [--limit N]   tracks as the app finds them, best first
  export                    every track with its file and tags
  check                     look the library's database and files through

--profile DIR  the folder of settings and database, as the app's --user-data-dir
--json         print one JSON object

The library has to be closed in the app. Exit codes: 0 done, 1 failed or, of
check, something is wrong, 2 not understood.
`;

const options = {
  profile: { type: 'string' },
  json: { type: 'boolean', default: false },
  limit: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const defaultLimit = 50;
const mostResults = 1000;
const longestText = 200;

/**
 * @param argv what stands behind the program's name
 * @param directory what relative paths are resolved against
 * @throws UsageError
 */
export function readCommand(argv: readonly string[], directory: string): Command {
  const { values, positionals } = parsed(argv);
  const [kind, ...operands] = positionals;
  if (values.help || kind === 'help') return { kind: 'help' };
  if (kind === undefined) throw new UsageError('no command was given');
  if (!isKnown(kind)) throw new UsageError(`there is no command "${kind}"`);
  if (values.profile === undefined) throw new UsageError(`${kind} needs --profile DIR`);
  if (kind !== 'search' && values.limit !== undefined) {
    throw new UsageError(`${kind} takes no --limit`);
  }
  const ground = { profile: resolve(directory, values.profile), json: values.json };
  switch (kind) {
    case 'scan':
      if (operands.length === 0) throw new UsageError('scan needs a folder');
      return { kind, folders: operands.map((path) => resolve(directory, path)), ground };
    case 'search': {
      const [text] = operands;
      if (text === undefined || operands.length > 1) {
        throw new UsageError('search needs one text; put several words in quotation marks');
      }
      if (text.length > longestText) {
        throw new UsageError(`search takes a text of at most ${longestText} characters`);
      }
      return { kind, text, limit: limitOf(values.limit), ground };
    }
    case 'export':
    case 'check': {
      const [operand] = operands;
      if (operand !== undefined) throw new UsageError(`${kind} takes no "${operand}"`);
      return { kind, ground };
    }
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // Node's words name the option; what follows its first sentence is advice for shells.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageError(sentence, { cause: error });
  }
}

const kinds = ['scan', 'search', 'export', 'check'] as const;

function isKnown(kind: string): kind is (typeof kinds)[number] {
  return kinds.some((known) => known === kind);
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > mostResults) {
    throw new UsageError(`--limit takes a number from 1 to ${mostResults}`);
  }
  return limit;
}
