import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEqualiser, printEqualiser } from '../../../../renderer/sound/equaliser-text.ts';
import { Equaliser } from '../../../../shared/sound-settings.ts';

describe('an equaliser as text', () => {
  it('is read as AutoEq writes it', () => {
    const text = [
      'Preamp: -6.2 dB',
      'Filter 1: ON LSC Fc 105 Hz Gain -3.5 dB Q 0.70',
      'Filter 2: ON PK Fc 2135.4 Hz Gain 4 dB Q 1.85\r',
      '',
      '# a remark',
      'Filter 3: ON HS Fc 10000 Hz Gain +2.0 dB',
    ].join('\n');
    expect(parseEqualiser(text)).toEqual({
      preampDecibels: -6.2,
      bands: [
        { kind: 'lowShelf', hertz: 105, decibels: -3.5, q: 0.7 },
        { kind: 'peak', hertz: 2135.4, decibels: 4, q: 1.85 },
        { kind: 'highShelf', hertz: 10_000, decibels: 2, q: Math.SQRT1_2 },
      ],
      skipped: [],
    });
  });

  it('makes ten bands of a curve of points', () => {
    const { bands } = parseEqualiser('GraphicEQ: 20 -2; 100 -2; 1000 4; 22000 4');
    expect(bands).toHaveLength(10);
    expect(bands[0]).toMatchObject({ hertz: 31.5, decibels: -2 });
    expect(bands[3]?.decibels).toBeCloseTo(-2 + 6 * Math.log10(2.5), 1);
    expect(bands[9]).toMatchObject({ hertz: 16_000, decibels: 4 });
  });

  it('tells which lines it left out, and why', () => {
    const text = [
      'Channel: all',
      'Filter 1: OFF PK Fc 100 Hz Gain 1 dB Q 1',
      'Filter 2: ON NO Fc 100 Hz',
      'Filter 3: ON PK Fc 100 Hz Gain 99 dB Q 1',
      'Filter 4: ON PK Fc 100 Hz Gain 9 dB',
      'GraphicEQ: nothing',
      ...Array.from({ length: 33 }, () => 'Filter: ON PK Fc 100 Hz Gain 1 dB Q 1'),
    ].join('\n');
    const { bands, skipped } = parseEqualiser(text);
    expect(bands).toHaveLength(32);
    expect(skipped).toEqual([
      { line: 1, reason: 'unknownLine' },
      { line: 2, reason: 'off' },
      { line: 3, reason: 'unknownKind' },
      { line: 4, reason: 'outOfRange' },
      { line: 5, reason: 'outOfRange' },
      { line: 6, reason: 'unknownLine' },
      { line: 39, reason: 'tooMany' },
    ]);
  });

  it('comes out of print as it went in, to the hundredth', () => {
    const hundredths = (min: number, max: number) =>
      fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100);
    const band = fc.record({
      kind: fc.constantFrom('peak' as const, 'lowShelf' as const, 'highShelf' as const),
      hertz: hundredths(10, 24_000),
      decibels: hundredths(-30, 30),
      q: hundredths(0.05, 30),
    });
    const equaliser = fc.record({
      on: fc.constant(true),
      preampDecibels: hundredths(-30, 30),
      bands: fc.array(band, { maxLength: 32 }),
    });
    fc.assert(
      fc.property(equaliser, (given) => {
        const { bands, preampDecibels, skipped } = parseEqualiser(printEqualiser(given));
        expect({ bands, preampDecibels, skipped }).toEqual({
          bands: given.bands,
          preampDecibels: given.preampDecibels,
          skipped: [],
        });
      }),
    );
  });

  it('gives what the settings take, whatever the text', () => {
    const word = fc.constantFrom('Filter 1:', 'ON', 'PK', 'Fc', 'Gain', 'Q', 'Preamp:', '\n', 'dB');
    const piece = fc.oneof(word, fc.double().map(String), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { bands, preampDecibels } = parseEqualiser(pieces.join(' '));
        expect(Equaliser.safeParse({ on: true, preampDecibels, bands }).success).toBe(true);
      }),
    );
  });
});
