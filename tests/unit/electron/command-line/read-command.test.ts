import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError, readCommand } from '../../../../electron/command-line/read-command.ts';

const here = resolve('/somewhere');

describe('a command', () => {
  it('takes relative paths from where it was given', () => {
    expect(readCommand(['scan', 'a', '/b', '--profile', 'p', '--json'], here)).toEqual({
      kind: 'scan',
      folders: [resolve(here, 'a'), resolve('/b')],
      ground: { profile: resolve(here, 'p'), json: true },
    });
  });

  it('searches for fifty unless told otherwise, and for text that looks like an option', () => {
    const ground = { profile: resolve(here, 'p'), json: false };
    expect(readCommand(['search', 'a b', '--profile=p'], here)).toEqual({
      ...{ kind: 'search', text: 'a b', limit: 50, ground },
    });
    expect(readCommand(['search', '--limit', '7', '--profile=p', '--', '-x'], here)).toEqual({
      ...{ kind: 'search', text: '-x', limit: 7, ground },
    });
  });

  it.each([
    [[], 'no command was given'],
    [['sing', '--profile', 'x'], 'there is no command "sing"'],
    [['scan', 'x'], 'scan needs --profile DIR'],
    [['scan', '--profile', 'x'], 'scan needs a folder'],
    [['search', 'a', 'b', '--profile', 'x'], 'search needs one text'],
    [['search', 'a'.repeat(201), '--profile', 'x'], 'search takes a text of at most 200'],
    [['search', 'a', '--limit', '0', '--profile', 'x'], '--limit takes a number'],
    [['search', 'a', '--limit', '1e3', '--profile', 'x'], '--limit takes a number'],
    [['export', '--limit', '5', '--profile', 'x'], 'export takes no --limit'],
    [['check', 'x', '--profile', 'x'], 'check takes no "x"'],
    [['check', '--fast', '--profile', 'x'], "Unknown option '--fast'"],
    [['check', '--profile'], "Option '--profile <value>' argument missing"],
  ])('that is not understood says why: %j', (argv, why) => {
    expect(() => readCommand(argv, here)).toThrow(UsageError);
    expect(() => readCommand(argv, here)).toThrow(why);
  });

  it('helps before it finds fault', () => {
    expect(readCommand(['scan', '--help'], here)).toEqual({ kind: 'help' });
  });
});
