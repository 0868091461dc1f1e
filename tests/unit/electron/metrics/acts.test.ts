import { describe, expect, it } from 'vitest';
import { createActs } from '../../../../electron/metrics/acts.ts';
import { createTierNotes } from '../../../../electron/metrics/tiers.ts';
import type { SearchResult } from '../../../../shared/library.ts';

const nothingFound: SearchResult = {
  text: 'x',
  corrected: null,
  more: false,
  milliseconds: 1,
  top: null,
  tracks: [],
  albums: [],
  artists: [],
  playlists: [],
};
const query = { text: 'x', limit: 10, whole: false };
const play = { tracks: { from: 'tracks' as const, ids: [1] }, start: 0 };

describe('a search', () => {
  it('led to music that was put on within 60 seconds of its last letter', () => {
    const { acts, noted, wait } = createRig();
    acts.answered('library.search', { ...query, text: 'b' }, nothingFound);
    wait(50);
    acts.answered('library.search', { ...query, text: 'bl' }, nothingFound);
    wait(60);
    acts.answered('session.play', play, undefined);
    expect(noted).toEqual([['search.ended', { found: false, played: true }]]);
  });

  it('led to nothing when nothing was put on for 60 seconds, and what comes later is not its', () => {
    const { acts, noted, wait } = createRig();
    acts.answered('library.search', query, nothingFound);
    wait(61);
    acts.answered('session.play', play, undefined);
    acts.answered('library.search', { ...query, text: ' ' }, nothingFound);
    acts.tick();
    expect(noted).toEqual([['search.ended', { found: false, played: false }]]);
  });

  it('is never noted by its words', () => {
    const { acts, noted } = createRig();
    acts.answered('library.search', { ...query, text: 'secret' }, nothingFound);
    acts.answered('session.play', play, undefined);
    acts.answered('playlists.create', { name: 'secret', tracks: null }, 1);
    expect(JSON.stringify(noted)).not.toContain('secret');
  });
});

describe('what is kept and used', () => {
  it('is noted, and what is taken back is not', () => {
    const { acts, noted, steps } = createRig();
    acts.answered('library.setLiked', { ids: [1], liked: true }, undefined);
    acts.answered('library.setLiked', { ids: [1], liked: false }, undefined);
    acts.answered('session.setRepeat', { repeat: 'all' }, undefined);
    acts.answered('session.setRepeat', { repeat: 'track' }, undefined);
    expect(noted).toEqual([
      ['track.liked', {}],
      ['feature.used', { feature: 'repeat_track' }],
    ]);
    expect(steps).toEqual(['link.saved', 'link.feature_used']);
  });
});

describe('a change of the tier', () => {
  it('is a trial or a payment when it is new, and ends a link’s path only where something is sold', () => {
    for (const environment of ['prod', 'embedded'] as const) {
      const { noted, steps, note, reached } = createRig();
      const changed = createTierNotes(
        { tier: 'free', subscription: 'none', environment },
        note,
        reached,
      );
      changed({ tier: 'premium', subscription: 'trialing', environment });
      changed({ tier: 'premium', subscription: 'trialing', environment });
      changed({ tier: 'premium', subscription: 'active', environment });
      changed({ tier: 'premium', subscription: 'past_due', environment });
      changed({ tier: 'premium', subscription: 'active', environment });
      changed({ tier: 'free', subscription: 'expired', environment });
      changed({ tier: 'premium', subscription: 'active', environment });
      const types = noted.map(([type]) => type);
      expect(types.filter((type) => type === 'tier.changed')).toHaveLength(6);
      expect(types.filter((type) => type === 'trial.began')).toHaveLength(1);
      expect(types.filter((type) => type === 'subscription.paid')).toHaveLength(2);
      expect(steps).toEqual(environment === 'prod' ? ['link.trial', 'link.paid', 'link.paid'] : []);
    }
  });
});

function createRig() {
  const noted: (readonly [string, unknown])[] = [];
  const steps: string[] = [];
  let milliseconds = 0;
  const note = (type: string, data: unknown) => void noted.push([type, data]);
  const reached = (step: string) => void steps.push(step);
  return {
    noted,
    steps,
    note,
    reached,
    acts: createActs({ note, reached, monotonic: () => milliseconds }),
    wait: (seconds: number) => void (milliseconds += seconds * 1000),
  };
}
