import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

/** What main's parts are made of in one kind of build: the names of the modules of ours in it. */
async function modulesOf(qa: boolean): Promise<readonly string[]> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    define: { __QA__: JSON.stringify(qa) },
    build: { write: false, ssr: 'electron/compose.ts', minify: false },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('One build was asked for');
  return built.output.flatMap((chunk) =>
    chunk.type === 'chunk'
      ? Object.entries(chunk.modules)
          .filter(([, { code }]) => code !== null && code !== '')
          .map(([path]) => path.replaceAll('\\', '/').slice(root.length))
      : [],
  );
}

describe('a release build', () => {
  it('has none of the code that lets testers set the tier, the clock and the ads', async () => {
    const forTesters = [
      'electron/account/qa-tiers.ts',
      'electron/ads/qa-outcomes.ts',
      'electron/qa-handlers.ts',
    ];
    const released = await modulesOf(false);
    expect(released).toContain('electron/account/account.ts');
    for (const path of forTesters) expect(released).not.toContain(path);
    expect(await modulesOf(true)).toEqual(expect.arrayContaining(forTesters));
  });
});
