import type { SpotEvent } from '../../../../electron/playback/ads-port.ts';
import { inPlayOrder } from '../../../../electron/playback/queue.ts';
import type { Track } from '../../../../shared/track.ts';
import type { SessionRig } from '../../../support/session-rig.ts';

/** What a listening day was like, judged by what sounded and by the oldest clock there is. */
export interface ListeningLog {
  /** The listener loads other music or edits the queue, now. */
  readonly touched: () => void;
  readonly restarted: () => void;
  readonly wallClockMoved: () => void;
  readonly counted: { due: number; extra: number; earned: number };
}

/** A spot that sounded. */
interface HeardSpot {
  readonly endsAt: () => number;
  readonly run: number;
  readonly clock: number;
  seconds: number;
}

/** A break that began, until music is heard again. */
interface Rest {
  /** What sounded before it is not of it. */
  readonly from: number;
  readonly pod: unknown;
  readonly isExtra: boolean;
  /** What is to follow, from its first sample; null: nothing was loaded. */
  readonly entry: number | null;
  readonly trackId: number | null;
  advertisers: string[] | null;
  isTouched: boolean;
}

/** One serving of a spot, by what was told of it. */
interface Told {
  readonly extra: boolean;
  began: number | null;
  quartiles: number;
  heardSeconds: number;
  isPaused: boolean;
  isOver: boolean;
}

const untold: Told = {
  extra: false,
  began: null,
  quartiles: 0,
  heardSeconds: 0,
  isPaused: false,
  isOver: false,
};
const quartiles = ['firstQuartile', 'midpoint', 'thirdQuartile'];
/** A pod of two spots that both hang, and the ticks that find it out. */
const mostSilentSeconds = 14;

/** Watches over a rig from its first second on, and throws where a rule of the breaks is broken. */
export function watchListening(
  rig: SessionRig,
  tracks: readonly Track[],
  paceSeconds: number,
): ListeningLog {
  const { sounds } = rig.engine;
  const rows = new Map(tracks.map((track) => [track.id, track]));
  const counted = { due: 0, extra: 0, earned: 0 };
  const spots: HeardSpot[] = [];
  const pods: (readonly string[])[] = [];
  const tellings = new Map<string, Told>();
  let [run, clock, told, seen] = [0, 0, 0, 0];
  let runBegan = now();
  let [sinceAd, sinceBreak, quiet, silent] = [0, 0, 0, 0];
  let rest: Rest | null = null;
  let sounded = '';
  rig.watch = () => {
    beginsOf();
    eventsOf();
    soundOf();
    balanceOf();
  };

  function now(): number {
    return rig.world().monotonicSeconds;
  }

  function beginsOf(): void {
    const { breaks, now: loaded, queue } = rig.state();
    const { phase } = breaks;
    if (phase.kind !== 'playing') return;
    ensure(!rig.world().allows('ad_free'), 'premium hears no spot');
    if (rest?.pod === phase.pod) return;
    const { pod, extra } = phase;
    counted[extra ? 'extra' : 'due'] += 1;
    ensure(pod.length <= (extra ? 1 : 2), 'spots of a pod');
    ensure(pod.reduce((sum, { seconds }) => sum + seconds, 0) <= 60, 'seconds of a pod');
    if (!extra) {
      const slack = 2 * paceSeconds;
      ensure(quiet <= slack, 'no break in quiet minutes');
      ensure(sinceBreak >= 900 - slack, '15 minutes between breaks, quiet ones beside');
      ensure(sinceAd >= 900 - slack, '15 minutes since any ad');
      ensure(now() - runBegan >= 300 - slack, 'a session of five minutes');
    }
    const ids = inPlayOrder(queue, queue.trackIds);
    const [before, after] = [ids[queue.place - 1], ids[queue.place]].map((id) => rows.get(id ?? 0));
    const inOrder = queue.order === null && loaded !== null;
    ensure(!inOrder || !isRun(before, after), 'never inside an album');
    for (const { id } of pod) {
      tellings.set(id, { ...untold, extra });
    }
    rest = {
      from: sounds.length,
      pod,
      isExtra: extra,
      entry: loaded?.entry ?? null,
      trackId: loaded?.trackId ?? null,
      advertisers: null,
      isTouched: false,
    };
  }

  function eventsOf(): void {
    for (const { spot, event } of rig.spotEvents.slice(told)) {
      const telling = tellings.get(spot.id);
      if (event.kind === 'notUsed') {
        ensure(telling === undefined, 'a spot in play is used');
        tellings.set(spot.id, { ...untold, isOver: true });
        continue;
      }
      if (telling === undefined) {
        // It failed, or premium came, before a second had gone by.
        ensure(event.kind === 'error' || event.kind === 'closeLinear', 'a spot begins first');
        tellings.set(spot.id, { ...untold, isOver: true });
        continue;
      }
      ensure(!telling.isOver, `${event.kind} after the end`);
      follow(telling, event, spot.advertiser);
    }
    told = rig.spotEvents.length;
  }

  function follow(telling: Told, event: SpotEvent, advertiser: string): void {
    if (event.kind === 'impression') {
      ensure(telling.began === null, 'one impression');
      telling.began = now() - paceSeconds;
      noteAdvertiser(advertiser);
      return;
    }
    if (event.kind === 'error' || event.kind === 'notUsed') {
      telling.isOver = true;
      return;
    }
    const { heardSeconds } = event;
    ensure(heardSeconds >= telling.heardSeconds, 'heard time never falls');
    const elapsed = telling.began === null ? 0 : now() - telling.began;
    ensure(heardSeconds <= elapsed * 1.05, 'heard time within wall time');
    telling.heardSeconds = heardSeconds;
    switch (event.kind) {
      case 'closeLinear':
        telling.isOver = true;
        return;
      case 'pause':
      case 'resume':
        ensure(telling.began !== null, 'pauses of what was heard');
        ensure(telling.isPaused === (event.kind === 'resume'), 'pause and resume by turns');
        telling.isPaused = event.kind === 'pause';
        return;
      case 'complete':
        ensure(telling.quartiles === 3, 'complete after its quartiles');
        telling.isOver = true;
        if (telling.extra) {
          quiet = Math.min(4 * 3600, quiet + 1800);
          counted.earned += 1;
        }
        return;
      case 'skip':
        telling.isOver = true;
        return;
      case 'firstQuartile':
      case 'midpoint':
      case 'thirdQuartile':
        ensure(quartiles[telling.quartiles] === event.kind, 'quartiles in order, each once');
        telling.quartiles += 1;
        return;
      case 'placeReached':
        ensure(telling.began !== null, 'places of what was heard');
    }
  }

  /** House ads are all of one house, and may follow each other. */
  function noteAdvertiser(advertiser: string): void {
    if (rest === null) throw new Error('A spot is heard outside of a break');
    if (rest.advertisers === null) {
      rest.advertisers = [];
      pods.push(rest.advertisers);
    }
    ensure(!rest.advertisers.includes(advertiser), 'two of one advertiser in a pod');
    const past = pods.slice(-4, -1).flat();
    ensure(advertiser === house || !past.includes(advertiser), 'one advertiser again');
    rest.advertisers.push(advertiser);
  }

  function soundOf(): void {
    const { status, muted, volume } = rig.state();
    const isAudible = !muted && volume > 0;
    const last = sounds.at(-1);
    const moved = `${sounds.length} ${last?.toSeconds}` !== sounded;
    sounded = `${sounds.length} ${last?.toSeconds}`;
    silent = status === 'playing' && isAudible && !moved ? silent + paceSeconds : 0;
    ensure(silent <= mostSilentSeconds, 'music waits no longer');
    for (let index = seen; index < sounds.length; index += 1) {
      const sound = sounds[index];
      if (sound === undefined) continue;
      if (sound.kind === 'spot') {
        const began = now();
        const heard: HeardSpot = { endsAt: () => began + heard.seconds, run, clock, seconds: 0 };
        spots.push(heard);
      } else if (rest !== null && index >= rest.from) {
        const isBroken = rig.engine.broken.has(rest.trackId ?? 0);
        if (!rest.isTouched && rest.entry !== null && !isBroken) {
          ensure(sound.play.entry === rest.entry, 'the next track is not skipped');
          ensure(sound.fromSeconds === 0, 'music goes on at its first sample');
        }
        rest = null;
      }
    }
    seen = sounds.length;
    if (last === undefined || !moved || !isAudible) return;
    if (last.kind === 'track') {
      sinceAd += paceSeconds;
      const used = rig.world().allows('ad_free') ? 0 : Math.min(quiet, paceSeconds);
      quiet -= used;
      sinceBreak += paceSeconds - used;
      return;
    }
    sinceAd = 0;
    if (rest?.isExtra === false) sinceBreak = 0;
    const spot = spots.at(-1);
    if (spot === undefined) return;
    spot.seconds = last.toSeconds;
    const hour = spots.filter(
      (one) => now() - one.endsAt() < 3600 && (one.run === run || one.clock === clock),
    );
    const tolerance = 2 * paceSeconds * hour.length;
    const seconds = hour.reduce((sum, one) => sum + one.seconds, 0);
    ensure(seconds <= 180 + tolerance, '180 s of spots in an hour');
  }

  function balanceOf(): void {
    const { quietSeconds } = rig.state().breaks;
    ensure(quietSeconds <= 4 * 3600, 'the balance has a limit');
    ensure(quietSeconds >= quiet * 0.95 - 5, 'nothing earned is lost');
  }

  return {
    touched() {
      if (rest !== null) rest.isTouched = true;
    },
    restarted() {
      run += 1;
      runBegan = now();
    },
    wallClockMoved() {
      clock += 1;
    },
    counted,
  };
}

export const house = 'Refrain';

/** In place of `expect`, which takes longer than the step that it would judge. */
function ensure(holds: boolean, rule: string): void {
  if (!holds) throw new Error(`Broken: ${rule}`);
}

function isRun(one: Track | undefined, other: Track | undefined): boolean {
  if (one === undefined || other === undefined || one.albumId !== other.albumId) return false;
  return one.album !== '' && (other.track ?? 0) > (one.track ?? 0);
}
