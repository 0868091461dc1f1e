import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutQueue } from '../../../../../renderer/player/queue/queue-rows.ts';

const queue = fc.nat({ max: 60 }).chain((length) =>
  fc.record({
    entryIds: fc.constant(Uint32Array.from({ length }, (_, place) => place + 1)),
    index: fc.integer({ min: -1, max: length - 1 }),
  }),
);

describe('the lines of the queue panel', () => {
  it('show every entry once, in the order of the queue, under the heading of its part', () => {
    fc.assert(
      fc.property(queue, ({ entryIds, index }) => {
        const rows = layOutQueue({ entryIds, index });
        const all = Array.from({ length: rows.count }, (_, row) => rows.at(row));
        const places = all.flatMap((row) => (row.kind === 'entry' ? [row.place] : []));
        expect(places).toEqual(Array.from(entryIds.keys()));
        for (const row of all) {
          if (row.kind === 'heading') continue;
          const part = row.place < index ? 'history' : row.place === index ? 'now' : 'next';
          expect(row.part).toBe(part);
        }
      }),
    );
  });

  it('have one heading for each part that has entries, right before its first', () => {
    fc.assert(
      fc.property(queue, (given) => {
        const rows = layOutQueue(given);
        const all = Array.from({ length: rows.count }, (_, row) => rows.at(row));
        const headings = all.filter(({ kind }) => kind === 'heading').map(({ part }) => part);
        expect(headings).toEqual([...new Set(all.map(({ part }) => part))]);
        all.forEach((row, at) => {
          if (row.kind === 'heading')
            expect(all[at + 1]).toMatchObject({ kind: 'entry', part: row.part });
        });
      }),
    );
  });

  it('are found by place, and open at what plays now', () => {
    fc.assert(
      fc.property(queue, ({ entryIds, index }) => {
        const rows = layOutQueue({ entryIds, index });
        for (const place of entryIds.keys()) {
          expect(rows.at(rows.rowOfPlace(place))).toMatchObject({ kind: 'entry', place });
        }
        if (index >= 0) expect(rows.at(rows.first)).toEqual({ kind: 'heading', part: 'now' });
        else expect(rows.first).toBe(0);
      }),
    );
  });

  it('refuse a line that is not there', () => {
    expect(() => layOutQueue({ entryIds: new Uint32Array(), index: -1 }).at(0)).toThrow(RangeError);
  });
});
