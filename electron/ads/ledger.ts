import { z } from 'zod';
import { type AdGenre, adGenres } from '../../service/api/ads.ts';
import type { AdJudgement, AdLedger } from '../../shared/ads.ts';
import { openAtomicFile } from '../atomic-file.ts';
import type { Ad } from './ad.ts';
import type { RecentAds } from './choose-pod.ts';
import type { Taste } from './taste.ts';

/** What was heard, what was thought of it, and which genres are liked: for caps, taste and reading. */
export interface Ledger {
  /** A spot was heard; the same spot counts once, however often it is told. */
  readonly record: (pod: string, spot: string, ad: Ad) => void;
  /** What the last few breaks held. */
  readonly recent: () => RecentAds;
  /** Whether the ad's campaign was heard as often as it may be, today and this week. */
  readonly capped: (ad: Pick<Ad, 'campaign'>) => boolean;
  /** The campaigns that are capped, those heard last first. */
  readonly cappedCampaigns: () => readonly string[];
  /** When the creative was last heard, in milliseconds since 1970; 0: never. */
  readonly lastHeard: (creative: string) => number;
  /** A track of this genre was listened to. */
  readonly listened: (genre: AdGenre) => void;
  readonly taste: () => Taste;
  /** Of an ad that was heard; takes it back with `on` false. Others are not known, and ignored. */
  readonly judge: (creative: string, judgement: AdJudgement, on: boolean) => void;
  /** A banner stands in the slot from this time on; it counts once, however often it is told. */
  readonly bannerShown: (creative: string, at: number) => void;
  /** Whether it stood there as often as any ad may be heard, today and this week. */
  readonly bannerCapped: (creative: string) => boolean;
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
const mostShown = 500;
const mostDismissed = 100;
const mostJudged = 500;
/** About two days of music. */
const mostGenres = 200;
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
  categories: z.array(Text).max(100).default([]),
});
const Judged = z.object({
  creative: Text,
  judgement: z.enum(['never', 'not_my_taste']),
  advertiser: Text,
  title: Text,
  categories: z.array(Text).max(100),
  at: Time,
});
const LedgerFile = z.object({
  /** Oldest first. */
  heard: z.array(Heard).max(mostHeard),
  /** Turns of the banner slot, oldest first. */
  shown: z
    .array(z.object({ creative: Text, at: Time }))
    .max(mostShown)
    .default([]),
  dismissed: z.array(z.object({ creative: Text, at: Time })).max(mostDismissed),
  judged: z.array(Judged).max(mostJudged).default([]),
  /** Of the tracks heard lately, newest last. */
  genres: z.array(z.enum(adGenres)).max(mostGenres).default([]),
});
type LedgerFile = z.infer<typeof LedgerFile>;

/** Opens the ledger; a damaged one is kept aside and a new one begun. */
export async function openLedger({ path, now, trouble }: LedgerParts): Promise<Ledger> {
  const file = openAtomicFile(path, LedgerFile, mostBytes);
  let { heard, shown, dismissed, judged, genres } = await read();
  let writing: Promise<void> = Promise.resolve();

  async function read(): Promise<LedgerFile> {
    const content = await file.read();
    if (content.kind === 'read') return content.value;
    if (content.kind === 'damaged') {
      await file.setAside(now()).catch((cause: unknown) => trouble('ad ledger not kept', cause));
    }
    return { heard: [], shown: [], dismissed: [], judged: [], genres: [] };
  }

  function write(): void {
    writing = file
      .write({ heard, shown, dismissed, judged, genres })
      .catch((cause: unknown) => trouble('ad ledger not written', cause));
  }

  function lastPods(): ReadonlySet<string> {
    return new Set([...new Set(heard.map(({ pod }) => pod))].slice(-separationBreaks));
  }

  function capped({ campaign }: Pick<Ad, 'campaign'>): boolean {
    return isCapped(heard.filter((entry) => entry.campaign === campaign));
  }

  function isCapped(times: readonly { readonly at: number }[]): boolean {
    const since = (age: number): number => times.filter(({ at }) => at > now() - age).length;
    return since(day) >= mostPerDay || since(week) >= mostPerWeek;
  }

  function judgementsOf(creative: string): readonly AdJudgement[] {
    return judged.filter((one) => one.creative === creative).map(({ judgement }) => judgement);
  }

  return {
    record(pod, spot, { creative, campaign, advertiser, title, categories }) {
      if (heard.some((entry) => entry.spot === spot)) return;
      const what = { creative, campaign, advertiser, title, categories: [...categories] };
      heard = [...heard, { at: now(), pod, spot, ...what }].slice(-mostHeard);
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
    capped,
    cappedCampaigns() {
      const campaigns = new Set(heard.map(({ campaign }) => campaign).reverse());
      return [...campaigns].filter((campaign) => capped({ campaign }));
    },
    lastHeard: (creative) => heard.findLast((entry) => entry.creative === creative)?.at ?? 0,
    listened(genre) {
      genres = [...genres, genre].slice(-mostGenres);
      write();
    },
    taste: () => ({
      genres,
      disliked: judged.filter(({ judgement }) => judgement === 'not_my_taste'),
      blocked: new Set(
        judged.filter(({ judgement }) => judgement === 'never').map(({ creative }) => creative),
      ),
    }),
    judge(creative, judgement, on) {
      const others = judged.filter(
        (one) => one.creative !== creative || one.judgement !== judgement,
      );
      if (!on) {
        judged = others;
      } else {
        const ad = heard.findLast((entry) => entry.creative === creative);
        if (ad === undefined) return;
        const { advertiser, title, categories } = ad;
        const one = { creative, judgement, advertiser, title, categories, at: now() };
        judged = [...others, one].slice(-mostJudged);
      }
      write();
    },
    bannerShown(creative, at) {
      if (shown.some((entry) => entry.creative === creative && entry.at === at)) return;
      shown = [...shown, { creative, at }].slice(-mostShown);
      write();
    },
    bannerCapped: (creative) => isCapped(shown.filter((entry) => entry.creative === creative)),
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
        .map(({ at, spot, creative, advertiser, title }) => ({
          at: new Date(at).toISOString(),
          spot,
          creative,
          advertiser,
          title,
          judgements: judgementsOf(creative),
        }))
        .reverse(),
      judged: judged
        .map(({ creative, judgement, advertiser, title }) => ({
          creative,
          judgement,
          advertiser,
          title,
        }))
        .reverse(),
    }),
    settled: () => writing,
  };
}

/** By the listener's own calendar. */
function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
