import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  ChosenCover,
  EditPreview,
  EditProgress,
  EditResult,
  EditSheet,
  EditWish,
} from '../../shared/editing.ts';
import { RefrainError } from '../../shared/errors.ts';
import { mostEditedTracks, type TagField, tagFields } from '../../shared/tag-fields.ts';
import type { Id, TrackList } from '../../shared/track.ts';
import type { MainProcess } from '../main-process.ts';
import { changesOf, type Draft, emptyDraft } from './draft.ts';

/** Where the editor's dialog is; each step knows what it shows. */
export type EditStep =
  | { readonly kind: 'reading' }
  | { readonly kind: 'too_many' }
  | { readonly kind: 'form' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'preview'; readonly preview: EditPreview }
  | { readonly kind: 'writing' }
  | { readonly kind: 'done'; readonly result: EditResult };

export interface EditForm {
  readonly ids: readonly Id[];
  readonly sheet: EditSheet;
}

/** One edit at a time, from the sheet over the preview to what was written. */
export interface EditingStore {
  /** Null: nothing is being edited. */
  readonly step: EditStep | null;
  /** Null while it is read, and when ratings are written, which need none. */
  readonly form: EditForm | null;
  readonly draft: Draft;
  /** The field whose value main would not take. */
  readonly invalid: TagField | null;
  readonly progress: EditProgress | null;

  readonly open: (tracks: TrackList) => Promise<void>;
  /** Looks at what writing all ratings and likes into the files would do. */
  readonly openRatings: () => Promise<void>;
  readonly change: (change: Partial<Draft>) => void;
  readonly look: () => Promise<void>;
  readonly back: () => void;
  /** @returns the album that the first track is on now, when `album` is no more */
  readonly write: (album: Id | null) => Promise<Id | null>;
  /** Ends what is being written; closes the dialog otherwise. */
  readonly close: () => void;
  /** Asks for a picture; null: the listener changed their mind. */
  readonly chooseCover: () => Promise<ChosenCover | null>;
  readonly takeCover: (file: File) => Promise<ChosenCover | null>;
}

const closed = {
  step: null,
  form: null,
  draft: emptyDraft,
  invalid: null,
  progress: null,
} as const;

export function createEditingStore(main: MainProcess): StoreApi<EditingStore> {
  /** What was closed meanwhile gets no answer. */
  let runs = 0;

  const store = createStore<EditingStore>()((set, get) => ({
    ...closed,

    async open(tracks) {
      const run = (runs += 1);
      set({ ...closed, step: { kind: 'reading' } });
      await closingOnFailure(run, async () => {
        const ids = [...(await main.ask('library.trackIds', tracks))];
        if (run !== runs) return;
        if (ids.length === 0) set(closed);
        else if (ids.length > mostEditedTracks) set({ step: { kind: 'too_many' } });
        else {
          const sheet = await main.ask('editing.sheet', { ids });
          if (run === runs) set({ step: { kind: 'form' }, form: { ids, sheet }, progress: null });
        }
      });
    },
    async openRatings() {
      set(closed);
      await lookAt({ kind: 'ratings', ids: null });
    },
    change: (change) => set(({ draft }) => ({ draft: { ...draft, ...change }, invalid: null })),
    async look() {
      const { form, draft } = get();
      if (form === null) return;
      await lookAt({ kind: 'tags', ids: [...form.ids], changes: changesOf(draft, form.sheet) });
    },
    back: () => set({ step: { kind: 'form' } }),
    async write(album) {
      const { step, form } = get();
      if (step?.kind !== 'preview') return null;
      const run = (runs += 1);
      set({ step: { kind: 'writing' }, progress: null });
      await closingOnFailure(run, async () => {
        const result = await main.ask('editing.apply', { preview: step.preview.id });
        if (run !== runs) return;
        const isPlain = result.refused.count === 0 && !result.cancelled;
        set(isPlain ? closed : { step: { kind: 'done', result } });
      });
      return album === null ? null : albumNow(album, form?.ids[0] ?? 0);
    },
    close() {
      if (get().step?.kind === 'writing') {
        void main.ask('editing.cancel');
        return;
      }
      runs += 1;
      set(closed);
    },
    chooseCover: () => main.ask('editing.chooseCover'),
    async takeCover(file) {
      const [path] = main.pathsOf([file]);
      return path === undefined ? null : main.ask('editing.takeCover', { path });
    },
  }));

  async function lookAt(wish: EditWish): Promise<void> {
    const run = (runs += 1);
    store.setState({ step: { kind: 'looking' }, progress: null, invalid: null });
    await closingOnFailure(run, async () => {
      const preview = await main.ask('editing.preview', wish);
      if (run === runs) store.setState({ step: { kind: 'preview', preview } });
    });
  }

  /** A value that is none of its field's leads back to the form; what else fails is told elsewhere. */
  async function closingOnFailure(run: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (run !== runs) return;
      const detail = error instanceof RefrainError ? error.detail : undefined;
      const invalid = tagFields.find((field) => field === detail);
      if (invalid !== undefined) {
        store.setState({ step: { kind: 'form' }, invalid });
        return;
      }
      store.setState(closed);
      throw error;
    }
  }

  async function albumNow(album: Id, track: Id): Promise<Id | null> {
    const [there] = await main.ask('library.albums', { ids: [album] });
    if (there !== undefined) return null;
    const [row] = await main.ask('library.tracks', { ids: [track] });
    return row?.albumId ?? null;
  }

  main.on('editing.progressed', (progress) => store.setState({ progress }));
  return store;
}
