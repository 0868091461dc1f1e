import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountView, DeviceView, PlanId, PlanView } from '../../shared/account.ts';
import { freeAccount } from '../../shared/free-account.ts';
import type { MainProcess } from '../main-process.ts';

/** What the listener's last wish came to, where there is something to say of it. */
export type AccountNotice = 'timed_out' | 'trial_used' | 'had_premium' | 'exported' | 'erased';

export interface AccountStore {
  /** As main last said; free until it has. */
  readonly view: AccountView;
  /** Null: not asked for yet, or nobody answered. */
  readonly plans: readonly PlanView[] | null;
  readonly devices: readonly DeviceView[] | null;
  /** Something is asked of the account service that is answered in a moment. */
  readonly isBusy: boolean;
  readonly notice: AccountNotice | null;
  readonly load: () => Promise<void>;
  readonly loadPlans: () => Promise<void>;
  readonly loadDevices: () => Promise<void>;
  readonly signIn: (way: 'browser' | 'code') => Promise<void>;
  readonly checkout: (order: { readonly plan: PlanId; readonly trial: boolean }) => Promise<void>;
  readonly openPortal: () => Promise<void>;
  readonly giveUpVisit: () => Promise<void>;
  readonly signOut: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly removeDevice: (id: string) => Promise<void>;
  readonly exportAll: () => Promise<void>;
  readonly erase: (email: string) => Promise<void>;
}

export function createAccountStore(main: MainProcess): StoreApi<AccountStore> {
  const store = createStore<AccountStore>()((set) => {
    /** One thing at a time; what fails is told by whoever asks main. */
    async function busily(task: () => Promise<Partial<AccountStore>>): Promise<void> {
      set({ isBusy: true, notice: null });
      try {
        set(await task());
      } finally {
        set({ isBusy: false });
      }
    }

    /** A visit is shown by `view.visit`; only an end that needs a word leaves one. */
    async function visit(ends: Promise<VisitEnd>): Promise<void> {
      set({ notice: null });
      const outcome = await ends;
      const isQuiet = outcome === 'done' || outcome === 'cancelled';
      set({ notice: isQuiet ? null : outcome });
    }

    return {
      view: freeAccount,
      plans: null,
      devices: null,
      isBusy: false,
      notice: null,
      load: async () => set({ view: await main.ask('account.get') }),
      loadPlans: async () => set({ plans: await main.ask('account.plans') }),
      loadDevices: async () => set({ devices: await main.ask('account.devices') }),
      signIn: (way) => visit(main.ask('account.signIn', { way })),
      checkout: (order) => visit(main.ask('account.checkout', order)),
      openPortal: () => visit(main.ask('account.openPortal')),
      giveUpVisit: () => main.ask('account.giveUpVisit'),
      signOut: () =>
        busily(async () => ({ view: await main.ask('account.signOut'), devices: null })),
      cancel: () => busily(async () => ({ view: await main.ask('account.cancel') })),
      resume: () => busily(async () => ({ view: await main.ask('account.resume') })),
      refresh: () => busily(async () => ({ view: await main.ask('account.refresh') })),
      removeDevice: (id) =>
        busily(async () => {
          await main.ask('account.removeDevice', { id });
          return { devices: await main.ask('account.devices') };
        }),
      exportAll: () =>
        busily(async () => ({ notice: (await main.ask('account.export')) ? 'exported' : null })),
      erase: (email) =>
        busily(async () => ({
          view: await main.ask('account.erase', { email }),
          devices: null,
          notice: 'erased',
        })),
    };
  });
  main.on('account.changed', (view) => store.setState({ view }));
  return store;
}

type VisitEnd = AccountNotice | 'done' | 'cancelled';
