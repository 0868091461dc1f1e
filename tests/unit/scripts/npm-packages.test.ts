import { describe, expect, it } from 'vitest';
import { findStaleness } from '../../../scripts/npm-packages.mjs';

const zod = { version: '4.6.7', integrity: 'sha512-zod' };
const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': zod,
    'node_modules/win-only': { version: '1.0.0', optional: true },
  },
};

describe('findStaleness', () => {
  it('finds nothing when all but the optional packages are there', () => {
    expect(findStaleness(wanted, { packages: { 'node_modules/zod': zod } })).toBeUndefined();
  });

  it('says so when nothing was ever installed', () => {
    expect(findStaleness(wanted, undefined)).toBe('node_modules is missing');
  });

  it('names a package that is missing or is another version', () => {
    for (const packages of [{}, { 'node_modules/zod': { ...zod, version: '4.6.6' } }]) {
      expect(findStaleness(wanted, { packages })).toContain('zod');
    }
  });

  it('names an optional package that is another version', () => {
    const packages = { 'node_modules/zod': zod, 'node_modules/win-only': { version: '0.9.0' } };
    expect(findStaleness(wanted, { packages })).toContain('win-only');
  });
});
