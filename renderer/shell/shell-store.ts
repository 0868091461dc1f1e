import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StartChoice, StartProblem } from '../../shared/start.ts';
import type { Feature } from '../../shared/tier.ts';
import type { MainProcess } from '../main-process.ts';
import type { Route } from '../route.ts';
import { showTarget } from './show-target.ts';
import type { Told } from './told.ts';

export interface ShellStore {
  /** Where the window is, and the way there: an entry of `trail` each. */
  readonly route: Route;
  readonly trail: readonly Place[];
  readonly place: number;
  /** The newest last, at most three. */
  readonly toasts: readonly { readonly id: number; readonly told: Told }[];
  readonly problem: StartProblem | null;
  /** The feature for which Premium is offered, while the offer is open. */
  readonly offered: Feature | 'premium' | null;
  readonly shortcutsShown: boolean;

  readonly go: (route: Route) => void;
  readonly back: () => void;
  readonly forward: () => void;
  /** Kept with the place in the trail, so that going back finds the list where it was. */
  readonly rememberScroll: (top: number) => void;
  readonly scrollTop: () => number;
  readonly tell: (told: Told) => void;
  readonly dropToast: (id: number) => void;
  /** Takes back the newest change and says so. */
  readonly undo: () => Promise<void>;
  /** Plays a track from a place on, as was offered. */
  readonly playFrom: (id: number, seconds: number) => Promise<void>;
  readonly offer: (feature: Feature | 'premium') => void;
  readonly closeOffer: () => void;
  readonly showShortcuts: (shown: boolean) => void;
  /** From the whole window to the mini player, and back. */
  readonly toggleMini: () => Promise<void>;
  readonly loadProblem: () => Promise<void>;
  readonly choose: (choice: StartChoice) => Promise<void>;
}

interface Place {
  readonly route: Route;
  readonly scrollTop: number;
}

const longestTrail = 200;
const mostToasts = 3;

export function createShellStore(main: MainProcess): StoreApi<ShellStore> {
  let lastToast = 0;
  const home: Route = { screen: 'home' };
  const store = createStore<ShellStore>()((set, get) => ({
    route: home,
    trail: [{ route: home, scrollTop: 0 }],
    place: 0,
    toasts: [],
    problem: null,
    offered: null,
    shortcutsShown: false,

    go: (route) => {
      const { trail, place, route: present } = get();
      if (JSON.stringify(route) === JSON.stringify(present)) return;
      const walked = [...trail.slice(0, place + 1), { route, scrollTop: 0 }].slice(-longestTrail);
      set({ route, trail: walked, place: walked.length - 1 });
    },
    back: () => set(({ trail, place }) => stepTo(trail, place - 1)),
    forward: () => set(({ trail, place }) => stepTo(trail, place + 1)),
    rememberScroll: (scrollTop) =>
      set(({ trail, place }) => ({
        trail: trail.map((walked, at) => (at === place ? { ...walked, scrollTop } : walked)),
      })),
    scrollTop: () => get().trail[get().place]?.scrollTop ?? 0,

    tell: (told) => {
      const kept = get().toasts.filter((toast) => !isOutdated(toast.told, told));
      const added = isQuiet(told) ? [] : [{ id: ++lastToast, told }];
      set({ toasts: [...kept, ...added].slice(-mostToasts) });
    },
    dropToast: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
    undo: async () => {
      const step = await main.ask('undo.last');
      get().tell(step === null ? { kind: 'nothing_to_undo' } : { kind: 'undone', step });
    },

    playFrom: async (id, seconds) => {
      await main.ask('session.play', { tracks: { from: 'tracks', ids: [id] }, start: 0 });
      if (seconds > 0) await main.ask('session.seek', { seconds });
    },

    offer: (offered) => set({ offered }),
    closeOffer: () => set({ offered: null }),
    showShortcuts: (shortcutsShown) => set({ shortcutsShown }),
    toggleMini: () => main.ask('window.toggleMini'),

    loadProblem: async () => set({ problem: await main.ask('start.problem') }),
    choose: (choice) => main.ask('start.choose', { choice }),
  }));

  main.on('undo.offered', (step) => store.getState().tell({ kind: 'undo', step }));
  main.on('notice.raised', (notice) => store.getState().tell({ kind: 'notice', notice }));
  main.on('start.problemChanged', (problem) => store.setState({ problem }));
  main.on('navigation.asked', (target) => void showTarget(target, store.getState(), main));
  return store;
}

function stepTo(trail: readonly Place[], place: number): Partial<ShellStore> {
  const there = trail[place];
  return there === undefined ? {} : { place, route: there.route };
}

/** What listeners do all day can be taken back by the keyboard; a toast each time would annoy. */
function isQuiet(told: Told): boolean {
  return told.kind === 'undo' && ['liked', 'queue_replaced'].includes(told.step.kind);
}

/** Only the newest change can be taken back, so an older offer would take back another. */
function isOutdated(old: Told, told: Told): boolean {
  if (isOfUndo(old)) return isOfUndo(told);
  return JSON.stringify(old) === JSON.stringify(told);
}

function isOfUndo({ kind }: Told): boolean {
  return kind === 'undo' || kind === 'undone' || kind === 'nothing_to_undo';
}
