import { describe, expect, it } from 'vitest';
import { openTestJournal } from '../../../support/journal-rig.ts';

const start = Date.UTC(2026, 10, 22, 12);
const day = 86_400_000;

describe('the path from a link', () => {
  it('is told by an event for each step, once, with the first touch and the last', async () => {
    const { store, restart } = await openTestJournal(start);
    store.links.opened({ to: 'album', marks: marksOf('blog') });
    store.links.reached('link.target_shown');
    store.links.opened({ to: 'track', marks: marksOf('radio') });
    store.links.reached('link.played_30s');
    restart();
    store.links.reached('link.played_30s');
    store.links.reached('link.saved');
    expect(pathOf(store)).toEqual([
      ['link.opened', 'blog', 'blog'],
      ['link.target_shown', 'blog', 'blog'],
      ['link.opened', 'blog', 'radio'],
      ['link.played_30s', 'blog', 'radio'],
      ['link.saved', 'blog', 'radio'],
    ]);
  });

  it('is not begun by what no link led to', async () => {
    const { store } = await openTestJournal(start);
    store.links.reached('link.paid');
    expect(pathOf(store)).toEqual([]);
  });

  it('ends after 30 days, and the first touch stays for good', async () => {
    const { store, moveTo } = await openTestJournal(start);
    store.links.opened({ to: 'album', marks: marksOf('blog') });
    moveTo(start + 30 * day);
    store.links.reached('link.trial');
    moveTo(start + 100 * day);
    store.links.opened({ to: 'premium', marks: marksOf('radio') });
    store.links.reached('link.paid');
    expect(pathOf(store)).toEqual([
      ['link.opened', 'blog', 'blog'],
      ['link.opened', 'blog', 'radio'],
      ['link.paid', 'blog', 'radio'],
    ]);
  });

  it('holds nothing that may name one listener', async () => {
    const { store } = await openTestJournal(start);
    store.links.opened({ to: 'album', marks: { ...marksOf('blog'), content: 'reader-4711' } });
    expect(JSON.stringify(store.events.inspect())).not.toContain('4711');
  });
});

function marksOf(source: string) {
  return { source, medium: 'post', campaign: 'autumn', content: '' };
}

/** Type, first and last source of each event, oldest first. */
function pathOf(store: Awaited<ReturnType<typeof openTestJournal>>['store']) {
  return store.events
    .inspect()
    .events.toReversed()
    .map(({ type, data }) => {
      const { first, last } = data as Record<'first' | 'last', { readonly source: string }>;
      return [type, first.source, last.source];
    });
}
