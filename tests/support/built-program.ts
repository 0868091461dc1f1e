import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles a program for plain Node, as the app's own are.
 * @param source its path in the repository
 * @returns the path of what can be run
 */
export async function buildProgram(source: string, name: string): Promise<string> {
  // Below the repository, so that the packages are found from there.
  const folder = join(root, '.build', name);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, source),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  return join(folder, `${name}.mjs`);
}
