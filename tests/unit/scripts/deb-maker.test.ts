import { describe, expect, it } from 'vitest';
import { readFpmArguments, writeControl } from '../../../scripts/deb-maker.mjs';

const wanted = readFpmArguments([
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libnss3', '-d', 'libasound2 | libasound2t64'],
  ...['--name', 'refrain', '--version', '0.1.0', '--architecture', 'amd64'],
  ...['--maintainer', 'Somebody <somebody@refrain.example>', '--url', 'https://refrain.example'],
  ...['--description', 'A music player\n Plays music.\n\n Well.', '--package', 'out=1/refrain.deb'],
  ...['dist/linux-unpacked/=/opt/Refrain', 'icon=x.png'],
]);

describe('readFpmArguments', () => {
  it('tells switches from files, also where a value holds an equals sign', () => {
    expect(wanted.value('--package')).toBe('out=1/refrain.deb');
    expect(wanted.values('-d')).toEqual(['libnss3', 'libasound2 | libasound2t64']);
    expect(wanted.value('--after-install')).toBeUndefined();
    expect(wanted.files).toEqual([
      { from: 'dist/linux-unpacked/', to: '/opt/Refrain' },
      { from: 'icon', to: 'x.png' },
    ]);
  });
});

describe('writeControl', () => {
  it('writes the fields that dpkg needs, and leaves out those without a value', () => {
    expect(writeControl(wanted, 2_048)).toBe(
      [
        'Package: refrain',
        'Version: 0.1.0',
        'Architecture: amd64',
        'Maintainer: Somebody <somebody@refrain.example>',
        'Installed-Size: 2048',
        'Depends: libnss3, libasound2 | libasound2t64',
        'Section: sound',
        'Priority: optional',
        'Homepage: https://refrain.example',
        'Description: A music player',
        ' Plays music.',
        ' .',
        ' Well.',
        '',
      ].join('\n'),
    );
  });
});
