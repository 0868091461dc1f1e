import { isAbsolute, resolve } from 'node:path';
import { QaTier } from '../shared/account.ts';

/** What the command line asks for, beside `--user-data-dir` and Chromium's own switches. */
export interface Switches {
  readonly folders: readonly string[];
  readonly sample: boolean;
  /** Files and folders to open, absolute. */
  readonly paths: readonly string[];
  /** The first deep link, unparsed. */
  readonly link: string | null;
  readonly qaTier: QaTier | null;
  /** Milliseconds since 1970. */
  readonly qaClock: number | null;
  readonly qaAds: string | null;
  /** A file that says which account service to use. */
  readonly qaService: string | null;
}

const longestArgument = 4096;

/**
 * @param argv without the executable and the app's own path
 * @param directory what relative paths are resolved against
 * @param qa whether this build takes the switches for testers
 */
export function parseSwitches(argv: readonly string[], directory: string, qa: boolean): Switches {
  const given = argv.filter((argument) => argument.length <= longestArgument);
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(directory, path));
  const values = (name: string): readonly string[] =>
    given
      .filter((argument) => argument.startsWith(`--${name}=`))
      .map((argument) => argument.slice(name.length + 3))
      .filter((value) => value !== '');
  return {
    folders: values('add-folder').map(absolute),
    sample: given.includes('--sample'),
    paths: given
      .filter((argument) => !argument.startsWith('-') && !/^[a-z-]+:\/\//i.test(argument))
      .map(absolute),
    link: given.find((argument) => argument.startsWith('refrain://')) ?? null,
    ...(__QA__ && qa ? testerSwitches(values) : noTesterSwitches),
  };
}

type TesterSwitches = Pick<Switches, 'qaTier' | 'qaClock' | 'qaAds' | 'qaService'>;

const noTesterSwitches: TesterSwitches = {
  qaTier: null,
  qaClock: null,
  qaAds: null,
  qaService: null,
};

/** @param values what a switch was given, each time */
function testerSwitches(values: (name: string) => readonly string[]): TesterSwitches {
  const last = (name: string): string | null => values(name).at(-1) ?? null;
  const tier = QaTier.safeParse(last('qa-tier'));
  const clock = Date.parse(last('qa-clock') ?? '');
  return {
    qaTier: tier.success ? tier.data : null,
    qaClock: Number.isNaN(clock) ? null : clock,
    qaAds: last('qa-ads'),
    qaService: last('qa-service'),
  };
}
