import { describe, expect, it } from 'vitest';
import { choosePackages, findMissing } from '../../../scripts/debian-packages.mjs';

describe('findMissing', () => {
  it('keeps the needs of which no package is installed', () => {
    const needs = [['xvfb'], ['libasound2', 'libasound2t64'], ['dbus-daemon', 'dbus']] as const;
    const list = 'bash installed\nlibasound2t64 installed\nxvfb config-files\n';
    expect(findMissing(needs, list)).toEqual([['xvfb'], ['dbus-daemon', 'dbus']]);
  });

  it("doesn't take a package for another whose name begins the same", () => {
    expect(findMissing([['libgbm1']], 'libgbm1-extra installed\n')).toEqual([['libgbm1']]);
  });
});

describe('choosePackages', () => {
  const policy = [
    'libasound2:',
    '  Installed: (none)',
    '  Candidate: (none)',
    '  Version table:',
    'libasound2t64:',
    '  Installed: (none)',
    '  Candidate: 1.2.11-1',
    '  Version table:',
    '     1.2.11-1 500',
    '',
  ].join('\n');

  it('takes the name that this release can install', () => {
    expect(choosePackages([['libasound2', 'libasound2t64']], policy)).toEqual(['libasound2t64']);
  });

  it('takes the first name when none can be installed, for apt to complain about', () => {
    expect(choosePackages([['libgbm1', 'libgbm2']], policy)).toEqual(['libgbm1']);
  });
});
