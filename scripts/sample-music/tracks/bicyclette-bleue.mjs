import { checkConsonance, readChords, readMelody, sequence } from '../score/notation.mjs';
import {
  beatPattern,
  brokenChords,
  compedChords,
  heldChords,
  inParallel,
  patternBass,
  range,
} from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { feltKick, rim, shaker } from '../synth/drums.mjs';
import { autoPan } from '../synth/effects.mjs';
import { electricPiano, nylonGuitar, uprightBass } from '../synth/struck.mjs';
import { flute } from '../synth/sustained.mjs';

/** Bossa nova in A minor, A A B A: nylon guitar, later joined by a flute. */
export function bicycletteBleue() {
  const song = startSong({
    seed: 703,
    tempo: 128,
    seconds: 65,
    room: { seconds: 1.2, dampHertz: 5_000 },
  });
  const chordsA = readChords('Am9 | Am9 | Dm9 | G13 | Cmaj9 | Fmaj9 | Bm7b5 E7 | Am9', 4);
  const chordsB = readChords('Dm9 | G13 | Em7 | Am9 | Fmaj9 | Bm7b5 | E7 | E7', 4);
  const chords = sequence([chordsA, chordsA, chordsB, chordsA], 32);
  const opening = `E5:1.5 C5:.5 A4:1 B4 | C5:1 E5 B4:2 | D5:1.5 F5:.5 A5:1 G5 | F5:1.5 E5:.5 D5:2
    | D5:1.5 E5:.5 G5:1 D5 | E5:1.5 C5:.5 A4:2 | F5:1 D5 G#4 B4`;
  const a1 = readMelody(`${opening} | C5:1.5 B4:.5 A4:2`, 4);
  const a2 = readMelody(`${opening} | A4:3 r:1`, 4);
  const b = readMelody(
    `A5:1.5 G5:.5 F5:1 E5 | D5:1.5 E5:.5 B4:2 | G5:1.5 E5:.5 D5:1 B4 | C5:1.5 B4:.5 E5:2
    | A4:1 C5 E5 G5 | F5:1.5 D5:.5 B4:1 A4 | G#4:1 B4 D5 E5 | E5:2 r:2`,
    4,
  );
  const melody = checkConsonance(sequence([a1, a2, b, a2], 32), chords, scaleOf('A minor'), 2);

  const lead = song.strip({ decibels: -2, send: 0.25 });
  song.play(
    lead,
    nylonGuitar,
    melody.filter(({ beat }) => beat < 64 || beat >= 96),
    { pan: -0.12, ring: 1.4 },
  );
  const wind = song.strip({ decibels: -9, send: 0.35 });
  song.play(
    wind,
    flute,
    melody.filter(({ beat }) => beat >= 64 && beat < 96),
    { pan: 0.15 },
  );
  song.play(
    wind,
    flute,
    inParallel(
      melody.filter(({ beat }) => beat >= 96),
      scaleOf('A minor'),
      -2,
    ).map((note) => ({ ...note, velocity: note.velocity * 0.6 })),
    { pan: 0.3 },
  );

  const piano = song.strip({
    decibels: -10.5,
    effect: (bus) => autoPan(bus, { hertz: 3.1, depth: 0.16 }),
  });
  const patterns = [
    [
      [0, 1.2, 0.5],
      [1.5, 1.2, 0.42],
      [3, 0.8, 0.46],
    ],
    [
      [0.5, 1.2, 0.46],
      [2, 0.8, 0.44],
      [3.5, 0.45, 0.42],
    ],
  ];
  song.play(
    piano,
    electricPiano,
    compedChords(chords, [52, 69], { patterns, beatsPerBar: 4, random: song.random }),
    { pan: 0.25, spread: 0.1 },
  );
  const bass = song.strip({ decibels: -11.5, send: 0.04 });
  const steps = [
    [0, 1.4, 'root', 0.85],
    [1.5, 0.45, 'fifth', 0.62],
    [2, 1.4, 'fifth', 0.8],
    [3.5, 0.45, 'root', 0.6],
  ];
  song.play(bass, uprightBass, patternBass(chords, 28, steps));

  const drums = song.strip({ decibels: -5, send: 0.15 });
  const pairs = range(0, 16).map((pair) => pair * 2);
  song.hit(
    drums,
    rim,
    beatPattern(pairs, 4, [
      [0, 0.6],
      [1.5, 0.5],
      [3, 0.55],
      [5, 0.5],
      [6.5, 0.55],
    ]),
    { pan: 0.3 },
  );
  const eighths = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((at) => [at, at % 1 === 0 ? 0.4 : 0.55]);
  song.hit(drums, shaker, beatPattern(range(0, 32), 4, eighths), { pan: -0.35 });
  song.hit(
    drums,
    feltKick,
    beatPattern(range(0, 32), 4, [
      [0, 0.6],
      [1.5, 0.35],
      [2, 0.55],
      [3.5, 0.3],
    ]),
  );

  const close = readChords('Am9', 4).map((span) => ({ ...span, beat: 128, beats: 5 }));
  song.play(piano, electricPiano, heldChords(close, [52, 72], 0.45), { pan: 0.2 });
  song.play(
    lead,
    nylonGuitar,
    brokenChords(close, [57, 76], {
      figure: [0, 1, 2, 3, 4, 5],
      step: 0.5,
      beats: 3,
      velocity: 0.6,
    }).slice(0, 6),
    { pan: -0.12 },
  );
  song.play(bass, uprightBass, [{ beat: 128, beats: 5, midi: 33, velocity: 0.8 }]);
  return song.mix();
}
