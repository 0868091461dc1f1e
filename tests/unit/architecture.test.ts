import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

/**
 * The table: which folder may import what. A file's rule is the first whose `of` begins its path.
 * `own` means the folder that `of` names, or for a feature the feature's own folder.
 */
const rules: readonly {
  readonly of: string;
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}[] = [
  { of: 'shared/', folders: ['own'], packages: ['zod'] },
  { of: 'service/api/', folders: ['own', 'shared/'], packages: ['zod'] },
  {
    // Each puts the service together from its parts, over one of the databases.
    of: 'service/compose.ts',
    folders: ['service/', 'shared/'],
    packages: ['node:', 'zod', 'hono', '@hono/'],
  },
  {
    of: 'service/main.ts',
    folders: ['service/', 'shared/'],
    packages: ['node:', 'zod', 'hono', '@hono/'],
  },
  {
    of: 'service/embedded.ts',
    folders: ['service/', 'shared/'],
    packages: ['node:', 'zod', 'hono', '@hono/'],
  },
  {
    of: 'service/',
    folders: ['own', 'service/*.ts', 'service/api/', 'shared/'],
    packages: [
      'node:',
      'zod',
      'hono',
      '@hono/',
      'drizzle-orm',
      'pg',
      '@electric-sql/pglite',
      '@node-rs/argon2',
      'oidc-provider',
      'light-my-request',
      'jose',
      'stripe',
    ],
  },
  // The account service as the app holds it: a process of its own.
  {
    of: 'electron/service-process.ts',
    folders: ['electron/', 'service/', 'shared/'],
    packages: ['node:'],
  },
  {
    of: 'electron/account-parts.ts',
    folders: ['electron/', 'service/api/', 'shared/'],
    packages: ['node:', 'zod'],
  },
  {
    of: 'electron/account/',
    folders: ['own', 'electron/*.ts', 'service/api/', 'shared/'],
    packages: ['node:', 'zod', 'jose', 'oauth4webapi'],
  },
  {
    of: 'electron/metrics/',
    folders: ['own', 'electron/*.ts', 'service/api/', 'shared/'],
    packages: ['node:', 'zod'],
  },
  {
    of: 'electron/ads/',
    folders: ['own', 'electron/*.ts', 'service/api/', 'shared/'],
    packages: ['node:', 'zod', 'music-metadata', 'jose', '@dailymotion/', '@xmldom/'],
  },
  { of: 'electron/main.ts', folders: ['electron/', 'shared/'], packages: ['electron', 'node:'] },
  { of: 'electron/compose.ts', folders: ['electron/', 'shared/'], packages: ['electron', 'node:'] },
  { of: 'electron/preload.ts', folders: [], packages: ['electron'] },
  { of: 'electron/library-process.ts', folders: ['electron/', 'shared/'], packages: ['node:'] },
  {
    of: 'electron/shell/',
    folders: ['own', 'electron/*.ts', 'shared/'],
    packages: ['electron', 'node:', 'zod'],
  },
  {
    of: 'electron/',
    folders: ['own', 'electron/*.ts', 'shared/'],
    packages: [
      'node:',
      'zod',
      'libsql',
      'music-metadata',
      'strtok3',
      'sharp',
      '@parcel/watcher',
      'jose',
      '@dailymotion/',
      '@xmldom/',
      '@jellybrick/dbus-next',
    ],
  },
  {
    of: 'renderer/main.tsx',
    folders: ['renderer/', 'shared/'],
    packages: ['react', '@fontsource'],
  },
  { of: 'renderer/stores.ts', folders: ['renderer/', 'shared/'], packages: ['react', 'zustand'] },
  {
    of: 'renderer/audio/',
    folders: ['own', 'shared/'],
    packages: [
      'howler',
      'mediabunny',
      'signalsmith-stretch',
      '@audio/',
      'node_modules/@audio/decode-wma',
    ],
  },
  {
    of: 'renderer/ui/',
    folders: ['own', 'shared/urls.ts'],
    packages: ['react', 'lucide-react', '@tanstack/react-virtual'],
  },
  {
    // The shell's layout places every feature's screens.
    of: 'renderer/shell/',
    folders: ['renderer/', 'shared/'],
    packages: ['react', 'lucide-react', 'zustand'],
  },
  {
    of: 'renderer/',
    folders: ['own', 'renderer/ui/', 'renderer/*.ts', 'shared/'],
    packages: ['react', 'lucide-react', 'zustand', '@tanstack/react-virtual'],
  },
];

const files = ['shared', 'service', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

describe('the house', () => {
  it('lets each folder import only what the table allows', () => {
    const broken = files.flatMap((file) =>
      importsOf(file)
        .filter((found) => !isAllowed(file, found))
        .map(({ target }) => `${file} → ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('has no circle of imports, of types neither', () => {
    expect(circlesIn(files)).toEqual([]);
  });

  it('keeps zod, and with it every schema, out of the window', () => {
    const valued = files
      .filter((file) => file.startsWith('renderer/'))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target, typeOnly }) => !typeOnly && target.startsWith('shared/'))
          .filter(({ target }) => importsOf(target).some((inner) => inner.target === 'zod'))
          .map(({ target }) => `${file} → ${target}`),
      );
    expect(valued).toEqual([]);
  });

  it('has no file of vague name and none that is a barrel', () => {
    const vague =
      /(^|[/-])(utils?|helpers?|common|manager|service|types|constants|hooks|index)\.tsx?$/;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });

  it('goes at most three folders deep', () => {
    expect(files.filter((file) => dirname(file).split('/').length > 3)).toEqual([]);
  });
});

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)(?:import|export)\s(?<what>[^'"]*?\sfrom\s)?['"](?<from>[^'"]+)['"]|\bimport\(\s*['"](?<lazy>[^'"]+)['"]/g,
  );
  return [...statements].map(({ groups = {} }) => {
    const from = groups['from'] ?? groups['lazy'] ?? '';
    const target = from.startsWith('.')
      ? relative(root, resolve(root, dirname(file), from.replace(/\?.*$/, ''))).replaceAll(
          '\\',
          '/',
        )
      : from;
    return { target, typeOnly: groups['what']?.trimStart().startsWith('type ') ?? false };
  });
}

/** Each circle as a path that comes back to where it began; one for each import that closes one. */
function circlesIn(all: readonly string[]): readonly string[] {
  const known = new Set(all);
  const finished = new Set<string>();
  const circles: string[] = [];
  function visit(file: string, path: readonly string[]): void {
    const from = path.indexOf(file);
    if (from >= 0) circles.push([...path.slice(from), file].join(' → '));
    if (from >= 0 || finished.has(file)) return;
    for (const { target } of importsOf(file)) {
      if (known.has(target)) visit(target, [...path, file]);
    }
    finished.add(file);
  }
  for (const file of all) visit(file, []);
  return circles;
}

function isAllowed(file: string, { target }: Import): boolean {
  const rule = rules.find(({ of }) => file.startsWith(of));
  if (rule === undefined) return false;
  if (!/^(shared|service|electron|renderer)\//.test(target)) {
    return rule.packages.some((allowed) => target === allowed || matchesPackage(target, allowed));
  }
  return rule.folders.some((allowed) => {
    if (allowed === 'own') return target.startsWith(ownFolder(file, rule.of));
    if (allowed.endsWith('*.ts')) return dirname(target) === dirname(allowed);
    return target.startsWith(allowed);
  });
}

function matchesPackage(target: string, allowed: string): boolean {
  if (allowed.endsWith(':') || allowed.startsWith('@')) return target.startsWith(allowed);
  return target.startsWith(`${allowed}/`) || target.startsWith(`${allowed}-`);
}

/** A file in `electron/library/` may import from there; one in `electron/` from beside it. */
function ownFolder(file: string, of: string): string {
  const [side = '', feature = ''] = file.split('/');
  if (of !== `${side}/` || side === 'shared') return of.endsWith('/') ? of : `${dirname(of)}/`;
  return feature.includes('.') ? `${side}/` : `${side}/${feature}/`;
}
