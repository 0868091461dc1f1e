import { describe, expect, it } from 'vitest';
import { stockPath } from '../../../scripts/electron-stand-in.mjs';

describe('stockPath', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/libvulkan.so.1', 'libvulkan.so.1'],
    ['Cypress/locales/en-US.pak', 'locales/en-US.pak'],
    ['Cypress/LICENSE.electron.txt', 'LICENSE.electron.txt'],
  ])('keeps %s as %s', (name, path) => {
    expect(stockPath(name)).toBe(path);
  });

  it.each([
    'Cypress/',
    'Cypress/locales/',
    'Cypress/resources/app/package.json',
    'Cypress/browser_v8_context_snapshot.bin',
    'Cypress/../../etc/a.so',
    '/etc/a.so',
  ])('leaves out %s', (name) => {
    expect(stockPath(name)).toBeUndefined();
  });
});
