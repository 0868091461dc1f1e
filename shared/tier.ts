/** The deal, whole: what each tier allows. Nothing else in the project decides it. */
export const tiers = {
  free: { ad_free: false, repeat_track: false },
  premium: { ad_free: true, repeat_track: true },
} as const satisfies Record<string, Record<string, boolean>>;

export type Tier = keyof typeof tiers;
export type Feature = keyof (typeof tiers)['free'];

/** Code asks for a feature, never for a tier's name. */
export function allows(tier: Tier, feature: Feature): boolean {
  return tiers[tier][feature];
}
