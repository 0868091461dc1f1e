import { expect, it } from 'vitest';
import { shortcuts } from '../../../../renderer/shell/shortcuts.ts';
import { en } from '../../../../shared/words/en.ts';

it('gives each key one meaning, and each meaning a word', () => {
  const keys = shortcuts.flatMap((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { name } of shortcuts) expect(en.shortcuts[name]).not.toBe('');
});
