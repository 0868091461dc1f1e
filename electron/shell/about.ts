import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import type { AboutView } from '../../shared/start.ts';

const Manifest = z.object({
  devDependencies: z.object({ electron: z.string() }).optional(),
});

/** What this is and what it runs on; shown in Settings and written to the log. */
export function describeApp(qa: boolean): AboutView {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
    standInRuntime: isStandIn(process.versions.electron),
    qa,
  };
}

/** A packaged app's manifest names no Electron; there the builder has checked it. */
function isStandIn(running: string): boolean {
  const manifest = Manifest.safeParse(
    JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')),
  );
  const named = manifest.data?.devDependencies?.electron;
  return named !== undefined && named !== running;
}
