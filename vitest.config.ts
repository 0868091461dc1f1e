import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __QA__: 'true', __SERVICE__: 'null' },
  test: {
    include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/flows/**/*.test.ts'],
    // Real folders, real SQLite and real audio on two cores take their time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The usual second is too short on a busy machine; who waits for what never comes waits longer.
    expect: { poll: { timeout: 10_000, interval: 20 } },
  },
});
