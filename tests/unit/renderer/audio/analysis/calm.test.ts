import { describe, expect, it } from 'vitest';
import { restPerWork, type Moment } from '../../../../../renderer/audio/analysis/calm.ts';
import type { SessionView } from '../../../../../shared/session.ts';

function moment(status: SessionView['status'], change: Partial<Moment> = {}): Moment {
  return {
    view: { status, now: { track: { seconds: 300 } } } as SessionView,
    positionSeconds: 100,
    sinceBegunSeconds: 60,
    isStarved: false,
    isUrgent: false,
    ...change,
  };
}

describe('restPerWork', () => {
  it('works all the time only at what the listener sees', () => {
    expect(restPerWork(moment('playing', { isUrgent: true }))).toBe(0);
    expect(restPerWork(moment('playing'))).toBe(2);
    expect(restPerWork(moment('paused'))).toBe(1);
  });

  it.each([
    { when: 'sound begins', change: { sinceBegunSeconds: 0.2 } },
    { when: 'the engine lacks sound', change: { isStarved: true } },
    { when: 'the next track is about to begin', change: { positionSeconds: 297 } },
  ])('waits, urgent or not, while $when', ({ change }) => {
    expect(restPerWork(moment('playing', change))).toBe(Infinity);
    expect(restPerWork(moment('playing', { ...change, isUrgent: true }))).toBe(Infinity);
    expect(restPerWork(moment('paused', change))).toBeLessThan(Infinity);
  });

  it('does not wait for the end of a short track', () => {
    const view = { status: 'playing', now: { track: { seconds: 6 } } } as SessionView;
    expect(restPerWork(moment('playing', { view, positionSeconds: 3 }))).toBe(2);
  });
});
