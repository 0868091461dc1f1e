import { join } from 'node:path';
import type { Ads } from './ads/ads.ts';
import { createAds } from './ads/ads.ts';
import type { AdService } from './ads/beacon-outbox.ts';
import { createOutbox } from './ads/beacon-outbox.ts';
import type { BreakPlace } from './ads/decision-query.ts';
import { houseKey } from './ads/house-key.ts';
import type { QaOutcomes } from './ads/qa-outcomes.ts';
import type { VastRoot } from './ads/vast-root.ts';
import { rootAt, rootOfService } from './ads/vast-root.ts';
import { createVastSource } from './ads/vast-source.ts';
import type { Clock } from './clock.ts';
import type { LibraryProcess } from './library-process.ts';
import type { Remote } from './remote.ts';

export interface AdsGround {
  readonly profile: string;
  readonly assetsFolder: string;
  readonly beacons: Remote<LibraryProcess>['beacons'];
  /** The account service that was configured; null: the one inside the app, which has no ads. */
  readonly service: AdService | null;
  /** A tester's ad server or file, in the service's place. */
  readonly qaAds: string | null;
  /** How a tester wants breaks to turn out; null outside QA builds. */
  readonly outcomes: QaOutcomes | null;
  readonly qa: boolean;
  readonly place: BreakPlace;
  readonly clock: Clock;
  readonly adFree: () => boolean;
  readonly askMeasure: (mediaUrl: string) => void;
  readonly openLink: (address: string) => void;
  readonly wasLouder: () => void;
  /** A beacon has come to its end. */
  readonly settled: (lost: boolean) => void;
  readonly trouble: (what: string, cause: unknown) => void;
}

/** The ads with their ways out: to where they come from, and to those who want to hear of them. */
export function connectAds(ground: AdsGround): Promise<Ads> {
  const { service, qaAds, outcomes, place, trouble } = ground;
  const { now, monotonic } = ground.clock;
  // An ad server of tests runs on this machine.
  const reach = ground.qa ? 'any' : 'public';
  const outbox = createOutbox({
    store: ground.beacons,
    service,
    reach,
    now,
    monotonic,
    random: Math.random,
    settled: ground.settled,
    trouble,
  });
  const rootFor = (excluded: () => readonly string[]) => {
    if (qaAds !== null) return rootAt(qaAds);
    return service && rootOfService({ service, place, excluded, now });
  };
  return createAds({
    profileFolder: ground.profile,
    houseFolder: join(ground.assetsFolder, 'house-ads'),
    houseKey,
    createSource({ store, post, excluded }) {
      const root = rootFor(excluded);
      const cacheFolder = join(ground.profile, 'ads');
      const readFrom = (from: VastRoot) =>
        createVastSource({ root: from, cacheFolder, store, reach, post, now });
      const usual = root && readFrom(root);
      return outcomes === null ? usual : outcomes.over(usual, readFrom);
    },
    outbox,
    now,
    adFree: ground.adFree,
    askMeasure: ground.askMeasure,
    wasLouder: ground.wasLouder,
    openLink: ground.openLink,
    trouble,
  });
}
