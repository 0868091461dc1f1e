import type { Store } from '../store.ts';
import type { Campaign, Catalogue } from './catalogue.ts';
import { Campaign as CampaignSchema } from './catalogue.ts';
import { campaigns, creatives } from './tables.ts';

/** Puts the catalogue in the place of the one before, whole or not at all. Counts stay. */
export async function replaceCampaigns(db: Store['db'], catalogue: Catalogue): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.delete(campaigns);
    for (const { creatives: offered, startsAt, endsAt, ...campaign } of catalogue.campaigns) {
      await transaction
        .insert(campaigns)
        .values({ ...campaign, startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
      await transaction
        .insert(creatives)
        .values(offered.map((creative) => ({ ...creative, campaignId: campaign.id })));
    }
  });
}

export async function readCampaigns(db: Store['db']): Promise<readonly Campaign[]> {
  // Both as they were at one moment: between them another catalogue may take this one's place.
  const { rows, offered } = await db.transaction(
    async (tx) => ({
      rows: await tx.select().from(campaigns),
      offered: await tx.select().from(creatives),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  return rows.map(({ startsAt, endsAt, ...campaign }) =>
    CampaignSchema.parse({
      ...campaign,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      creatives: offered.filter(({ campaignId }) => campaignId === campaign.id),
    }),
  );
}
