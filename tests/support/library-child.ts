import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lookThrough } from '../../electron/database/check.ts';
import { createLibraryProcess } from '../../electron/library-process.ts';
import { type Act, type Made, after, chooseAct, perform, readMade } from './listener-acts.ts';
import { createRandom } from './made-library/random.ts';

/** What the child is told: its first argument, as JSON. */
export interface ChildWish {
  readonly profile: string;
  readonly folder: string;
  /** Absent: it scans and does nothing else. */
  readonly acts?: {
    readonly seed: number;
    /** What had been made when each copy was. */
    readonly copies: readonly (readonly [copy: string, made: Made])[];
  };
}

/** A line of what it says. */
export type Said =
  | {
      readonly opened: {
        /** What keeps the library from opening, or what is not whole in it. */
        readonly wrong: unknown;
        readonly made: Made;
        readonly copies: readonly string[];
      };
    }
  /** Rows that are committed. */
  | { readonly tracks: number }
  | { readonly begins: Act }
  | { readonly did: Act; readonly copy: string | null }
  | { readonly scanned: true };

const { profile, folder, acts } = JSON.parse(process.argv[2] ?? '') as ChildWish;
const parts = createLibraryProcess({
  profile,
  emit: () => undefined,
  fault: (message, cause) => console.error(message, cause),
  now: () => Date.now(),
});
await open();
setInterval(() => say({ tracks: parts.library.trackIds({ from: 'all' }).length }), 5);
await parts.library.addFolder(folder, { sample: false });
if (acts !== undefined) await act(createRandom(acts.seed).part, new Map(acts.copies));
await parts.library.scanEnded();
say({ scanned: true });

async function open(): Promise<void> {
  const problem = await parts.database.problem();
  const report = problem === null ? await lookThrough(join(profile, 'library.db')) : null;
  say({
    opened: {
      wrong: problem ?? (report?.whole === true ? null : report),
      made: readMade(parts),
      copies: (await parts.snapshots.all()).map(({ id }) => id),
    },
  });
}

/** Lives a listener's life, until it is killed. */
async function act(random: () => number, copies: Map<string, Made>): Promise<never> {
  for (;;) {
    const next = await chooseAct(parts, random, copies);
    const before = readMade(parts);
    say({ begins: next });
    const copy = await perform(parts, next);
    say({ did: next, copy });
    if (copy !== null) copies.set(copy, next.kind === 'restore' ? before : after(before, next));
    await setTimeout(random() * 8);
  }
}

/** At once: what was said before a kill arrives. */
function say(said: Said): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}
