import { describe, expect, it } from 'vitest';
import { isWorthTrying } from '../../../scripts/electron-runtime.mjs';

const HOUR_MS = 3_600_000;
const now = Date.parse('2026-11-22T12:00:00Z');

describe('isWorthTrying', () => {
  it('leaves a download alone that failed within the last day', () => {
    expect(isWorthTrying({ version: '45.4.1', at: now - 23 * HOUR_MS }, '45.4.1', now)).toBe(false);
  });

  it.each([
    ['it failed more than a day ago', { version: '45.4.1', at: now - 25 * HOUR_MS }],
    ['another version failed', { version: '45.4.0', at: now - HOUR_MS }],
    ['the clock was ahead when it failed', { version: '45.4.1', at: now + HOUR_MS }],
    ['nothing is known', undefined],
    ['the note is damaged', { version: '45.4.1', at: 'yesterday' }],
  ])('tries when %s', (_reason, note) => {
    expect(isWorthTrying(note, '45.4.1', now)).toBe(true);
  });
});
