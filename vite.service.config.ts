import { defineConfig } from 'vite';

/** The account service as one file, for its container; beside it stays what has native code. */
export default defineConfig({
  ssr: { noExternal: true, external: ['@node-rs/argon2', '@electric-sql/pglite', 'pg-native'] },
  build: { ssr: 'service/main.ts', target: 'node20', outDir: 'dist/service', emptyOutDir: true },
});
