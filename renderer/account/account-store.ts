import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountView } from '../../shared/account.ts';
import type { MainProcess } from '../main-process.ts';

export interface AccountStore {
  /** As main last said; free until it has. */
  readonly view: AccountView;
  readonly load: () => Promise<void>;
  readonly subscribe: (plan: 'trial' | 'monthly') => Promise<void>;
  readonly cancel: () => Promise<void>;
}

export function createAccountStore(main: MainProcess): StoreApi<AccountStore> {
  const store = createStore<AccountStore>()((set) => ({
    view: {
      tier: 'free',
      entitlement: 'none',
      subscription: 'none',
      validUntil: null,
      offlineUntil: null,
      environment: 'embedded',
      clockSuspect: false,
      keyProtected: true,
    },
    load: async () => set({ view: await main.ask('account.get') }),
    subscribe: async (plan) => set({ view: await main.ask('account.subscribe', { plan }) }),
    cancel: async () => set({ view: await main.ask('account.cancel') }),
  }));
  main.on('account.changed', (view) => store.setState({ view }));
  return store;
}
