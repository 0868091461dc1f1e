import { randomUUID } from 'node:crypto';
import { createBeaconAddresses } from '../../../service/ads/beacon-address.ts';
import type { Service } from '../../../service/compose.ts';
import { aCampaign } from '../../support/ad-catalogue.ts';
import type { Post } from './load.ts';

const campaigns = ['one', 'two', 'three', 'four'];

export function prepareBeacons(service: Service): Promise<unknown> {
  return service.ads.load({ campaigns: campaigns.map((id) => aCampaign(id)) });
}

/** Each beacon is the first of a serving of its own. */
export function beaconPosts(origin: string, sealingKey: Uint8Array): (client: number) => Post {
  const addresses = createBeaconAddresses(sealingKey, () => origin);
  return (client) => {
    const serving = {
      id: randomUUID(),
      campaignId: campaigns[client % campaigns.length] ?? '',
      creativeId: 'x',
      issuedAt: Math.floor(Date.now() / 1000),
      seconds: 20,
    };
    return {
      url: addresses.of(serving, 'impression'),
      body: JSON.stringify({ at: new Date().toISOString(), heardSeconds: 0, late: false }),
      headers: {},
    };
  };
}
