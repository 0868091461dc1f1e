import { checkConsonance, readChords, readMelody, sequence } from '../score/notation.mjs';
import {
  beatPattern,
  brokenChords,
  heldChords,
  inParallel,
  patternBass,
  range,
} from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { frameDrum, shaker } from '../synth/drums.mjs';
import { harp, uprightBass } from '../synth/struck.mjs';
import { flute, strings } from '../synth/sustained.mjs';

/** A jig in A dorian for harp; beats are eighths. */
export function hazelAndRowan() {
  const song = startSong({
    seed: 303,
    tempo: 270,
    seconds: 61,
    room: { seconds: 2.1, dampHertz: 5_000 },
  });
  const chordsA = readChords('Am | G | Am | D | Am | G | Em | Am', 6);
  const chordsB = readChords('C | G | Am | Em | C | G | Em | Am', 6);
  const a = readMelody(
    `A4:2 B4:1 C5:2 E5:1 | D5:2 B4:1 G4:3 | A4:2 B4:1 C5 D5 E5 | F#5:2 E5:1 D5:3
    | E5:2 A5:1 E5:2 C5:1 | D5:2 B4:1 G4:2 B4:1 | E5:2 D5:1 B4:2 G4:1 | A4:5 r:1`,
    6,
  );
  const b = readMelody(
    `G5:2 E5:1 C5:2 E5:1 | D5:2 G5:1 B5:2 G5:1 | A5:2 G5:1 E5:2 C5:1 | B4:2 E5:1 G5:3
    | G5:2 A5:1 G5:2 E5:1 | D5:2 E5:1 D5:2 B4:1 | E5:1 D5 B4 G4:2 B4:1 | A4:5 r:1`,
    6,
  );
  const chords = sequence([chordsA, chordsA, chordsB, chordsB, chordsA], 48);
  const scale = scaleOf('A dorian');
  const melody = checkConsonance(sequence([a, a, b, b, a], 48), chords, scale, 3);
  const within = (from, until) => melody.filter(({ beat }) => beat >= from && beat < until);

  const harps = song.strip({ decibels: -8.5, send: 0.3 });
  song.play(harps, harp, melody, { pan: -0.1, spread: 0.25, ring: 2, jitterSeconds: 0.009 });
  const figure = { figure: [0, 1, 2, 3, 2, 1], step: 1, beats: 3, velocity: 0.4 };
  song.play(harps, harp, brokenChords(chords, [48, 64], figure), { pan: -0.1, spread: 0.25 });
  song.play(harps, harp, patternBass(chords, 36, [[0, 5, 'root', 0.6]]), { pan: -0.1 });
  const wind = song.strip({ decibels: -10.5, send: 0.35 });
  song.play(wind, flute, [...within(48, 96), ...within(144, 240)], { pan: 0.2 });
  const quartet = song.strip({ decibels: -19, send: 0.4 });
  song.play(
    quartet,
    strings,
    heldChords(
      chords.filter(({ beat }) => beat >= 96),
      [52, 69],
      0.5,
    ),
    { spread: 0.5, ring: 1.05 },
  );
  song.play(quartet, strings, inParallel(within(192, 240), scale, -2), { pan: -0.3 });
  const bass = song.strip({ decibels: -13, send: 0.06 });
  song.play(
    bass,
    uprightBass,
    patternBass(
      chords.filter(({ beat }) => beat >= 96),
      33,
      [
        [0, 2.6, 'root', 0.75],
        [3, 2.6, 'fifth', 0.6],
      ],
    ),
  );
  const drum = song.strip({ decibels: -11, send: 0.25 });
  const dance = [
    [0, 0.75],
    [2, 0.35],
    [3, 0.6],
    [5, 0.4],
  ];
  song.hit(
    drum,
    frameDrum,
    [...beatPattern(range(8, 39), 6, dance), { beat: 234, velocity: 0.7 }],
    { pan: 0.1 },
  );
  song.hit(
    drum,
    shaker,
    beatPattern(
      range(16, 39),
      6,
      [0, 1, 2, 3, 4, 5].map((at) => [at, at % 3 === 0 ? 1 : 0.6]),
    ),
    { pan: 0.35 },
  );

  const close = readChords('Am', 6).map((span) => ({ ...span, beat: 240, beats: 6 }));
  song.play(
    harps,
    harp,
    brokenChords(close, [45, 60], { figure: [0, 1, 2, 3, 4, 5], step: 1, beats: 9, velocity: 0.5 }),
    { spread: 0.25 },
  );
  song.play(quartet, strings, heldChords(close, [52, 69], 0.45), { spread: 0.5, ring: 1.5 });
  return song.mix();
}
