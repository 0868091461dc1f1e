import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const define = {
  __QA__: JSON.stringify(process.env['REFRAIN_RELEASE'] !== '1'),
  // JSON: {url, issuer, keys by kid}. Docs: docs/service.md.
  __SERVICE__: process.env['REFRAIN_SERVICE'] ?? 'null',
};

/** Where the build goes, in the checkout. */
const out = process.env['REFRAIN_OUT'] ?? 'out';

/** Entries are written './electron/…': a bare 'electron/…' would be taken for the package. */
export default defineConfig({
  main: {
    define,
    build: {
      outDir: `${out}/main`,
      // `dependencies` are the packages with native code, which ship as they are; everything else
      // is bundled, which also halves the time that main takes to load.
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          main: './electron/main.ts',
          'library-process': './electron/library-process.ts',
          'service-process': './electron/service-process.ts',
          'command-line': './electron/command-line.ts',
          'scan-thread': './electron/library/scan/scan-thread.ts',
          'picture-thread': './electron/library/covers/picture-thread.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Beside the entries: what is shared finds other files by its own place, as an entry does.
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: `${out}/preload`,
      rolldownOptions: {
        input: { preload: './electron/preload.ts' },
        // A sandboxed preload has to be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    define,
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: fileURLToPath(new URL(`${out}/renderer`, import.meta.url)),
      rolldownOptions: { input: { index: './renderer/index.html' } },
      // Chromium 130 is the oldest engine that runs this window.
      target: 'chrome130',
      minify: true,
    },
  },
});
