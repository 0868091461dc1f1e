import { z } from 'zod';
import type { AdLedger } from '../../shared/ads.ts';
import { openAtomicFile } from '../atomic-file.ts';
import type { Ad } from './ad.ts';
import type { RecentAds } from './choose-pod.ts';

/** Which ads were heard and when: for the caps, for variety, and for the listener to read. */
export interface Ledger {
  /** A spot was heard; the same spot counts once, however often it is told. */
  readonly record: (pod: string, spot: string, ad: Ad) => void;
  /** What the last few breaks held. */
  readonly recent: () => RecentAds;
  /** Whether the ad's campaign was heard as often as it may be, today and this week. */
  readonly capped: (ad: Pick<Ad, 'campaign'>) => boolean;
  /** When the creative was last heard, in milliseconds since 1970; 0: never. */
  readonly lastHeard: (creative: string) => number;
  readonly dismiss: (creative: string) => void;
  readonly dismissed: (creative: string) => boolean;
  readonly view: (secondsUntilDue: number | null) => AdLedger;
  /** Resolves when all is on the disk. */
  readonly settled: () => Promise<void>;
}

export interface LedgerParts {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The ledger could not be written; it goes on in memory. */
  readonly trouble: (what: string, cause: unknown) => void;
}

const day = 86_400_000;
const week = 7 * day;
const mostPerDay = 8;
const mostPerWeek = 30;
const separationBreaks = 3;
const mostHeard = 500;
const mostDismissed = 100;
const mostBytes = 1_000_000;

const Time = z.number().min(0).max(1e14);
const Text = z.string().max(300);
const Heard = z.object({
  at: Time,
  pod: Text,
  spot: Text,
  creative: Text,
  campaign: Text,
  advertiser: Text,
  title: Text,
});
const LedgerFile = z.object({
  /** Oldest first. */
  heard: z.array(Heard).max(mostHeard),
  dismissed: z.array(z.object({ creative: Text, at: Time })).max(mostDismissed),
});
type LedgerFile = z.infer<typeof LedgerFile>;

/** Opens the ledger; a damaged one is kept aside and a new one begun. */
export async function openLedger({ path, now, trouble }: LedgerParts): Promise<Ledger> {
  const file = openAtomicFile(path, LedgerFile, mostBytes);
  let { heard, dismissed } = await read();
  let writing: Promise<void> = Promise.resolve();

  async function read(): Promise<LedgerFile> {
    const content = await file.read();
    if (content.kind === 'read') return content.value;
    if (content.kind === 'damaged') {
      await file.setAside(now()).catch((cause: unknown) => trouble('ad ledger not kept', cause));
    }
    return { heard: [], dismissed: [] };
  }

  function write(): void {
    writing = file
      .write({ heard, dismissed })
      .catch((cause: unknown) => trouble('ad ledger not written', cause));
  }

  function lastPods(): ReadonlySet<string> {
    return new Set([...new Set(heard.map(({ pod }) => pod))].slice(-separationBreaks));
  }

  return {
    record(pod, spot, { creative, campaign, advertiser, title }) {
      if (heard.some((entry) => entry.spot === spot)) return;
      const entry = { at: now(), pod, spot, creative, campaign, advertiser, title };
      heard = [...heard, entry].slice(-mostHeard);
      write();
    },
    recent() {
      const pods = lastPods();
      const entries = heard.filter(({ pod }) => pods.has(pod));
      return {
        advertisers: new Set(entries.map(({ advertiser }) => advertiser)),
        creatives: new Set(entries.map(({ creative }) => creative)),
      };
    },
    capped({ campaign }) {
      const times = heard.filter((entry) => entry.campaign === campaign).map(({ at }) => at);
      const since = (age: number): number => times.filter((at) => at > now() - age).length;
      return since(day) >= mostPerDay || since(week) >= mostPerWeek;
    },
    lastHeard: (creative) => heard.findLast((entry) => entry.creative === creative)?.at ?? 0,
    dismiss(creative) {
      dismissed = [...dismissed, { creative, at: now() }].slice(-mostDismissed);
      write();
    },
    dismissed: (creative) =>
      dismissed.some((entry) => entry.creative === creative && entry.at > now() - week),
    view: (secondsUntilDue) => ({
      breaksToday: new Set(heard.filter(({ at }) => isSameDay(at, now())).map(({ pod }) => pod))
        .size,
      secondsUntilDue,
      heard: heard
        .map(({ at, advertiser, title }) => ({ at: new Date(at).toISOString(), advertiser, title }))
        .reverse(),
    }),
    settled: () => writing,
  };
}

/** By the listener's own calendar. */
function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
