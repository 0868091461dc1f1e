import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AdJudgement, AdLedger, BannerView, OutboxView } from '../../shared/ads.ts';
import type { MainProcess } from '../main-process.ts';

export interface AdsStore {
  /** Null: nothing to show; the slot's box stays all the same. */
  readonly banner: BannerView | null;
  readonly load: () => Promise<void>;
  readonly dismissBanner: (id: string) => Promise<void>;
  /** Opens the advertiser's page in the system browser. */
  readonly open: (from: 'banner' | 'companion') => Promise<void>;
  readonly ledger: () => Promise<AdLedger>;
  readonly outbox: () => Promise<OutboxView>;
  /** @param on false: takes it back */
  readonly judge: (creative: string, judgement: AdJudgement, on: boolean) => Promise<AdLedger>;
}

export function createAdsStore(main: MainProcess): StoreApi<AdsStore> {
  const store = createStore<AdsStore>()((set) => ({
    banner: null,
    load: async () => set({ banner: await main.ask('ads.banner') }),
    dismissBanner: (id) => main.ask('ads.dismissBanner', { id }),
    open: (from) => main.ask('ads.open', { from }),
    ledger: () => main.ask('ads.ledger'),
    outbox: () => main.ask('ads.outbox'),
    judge: (creative, judgement, on) => main.ask('ads.judge', { creative, judgement, on }),
  }));
  main.on('ads.bannerChanged', (banner) => store.setState({ banner }));
  return store;
}
