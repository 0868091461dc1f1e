import { checkConsonance, readChords, readMelody, sequence } from '../score/notation.mjs';
import {
  beatPattern,
  compedChords,
  heldChords,
  inParallel,
  patternBass,
  range,
} from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { hat, kick, snare } from '../synth/drums.mjs';
import { autoPan, tape } from '../synth/effects.mjs';
import { electricPiano, nylonGuitar, uprightBass } from '../synth/struck.mjs';
import { flute } from '../synth/sustained.mjs';

/** Unhurried lo-fi in C, swung in sixteenths, through old tape. */
export function rainOnTheRue() {
  const song = startSong({
    seed: 702,
    tempo: 77,
    seconds: 68,
    swing: 0.6,
    swingBeats: 0.5,
    room: { seconds: 1.6, dampHertz: 3_200 },
  });
  const loop = readChords('Dm9 | G13 | Cmaj9 | Am7', 4);
  const bridge = readChords('Fmaj9 | Em7 | Dm9 | G13', 4);
  const chords = sequence([loop, loop, loop, bridge, loop], 16);
  const a1 =
    'r:1 A4:.5 C5 D5:1.5 C5:.5 | B4:1.5 A4:.5 G4:2 | r:1 G4:.5 B4 D5:1.5 B4:.5 | C5:1 B4:.5 A4 E4:2';
  const a2 = 'r:1 A4:.5 C5 D5:1.5 C5:.5 | B4:1 D5 E5:2 | G5:1.5 E5:.5 D5:1 B4 | C5:1.5 B4:.5 A4:2';
  const b = 'A5:1.5 G5:.5 E5:1 C5 | B4:1 D5 G5:1.5 E5:.5 | F5:1.5 E5:.5 C5:1 A4 | B4:2 r:2';
  const bars = (text) => readMelody(text, 4);
  const melody = checkConsonance(
    sequence([[], bars(a1), bars(a2), bars(b), bars(a2)], 16),
    chords,
    scaleOf('C major'),
    2,
  );

  const warm = (bus) =>
    tape(autoPan(bus, { hertz: 2.4, depth: 0.18 }), { drive: 1.4, cutHertz: 5_200 });
  const piano = song.strip({ decibels: -10, send: 0.22, effect: warm });
  const patterns = [
    [
      [0, 2.3, 0.55],
      [2.5, 1.4, 0.42],
    ],
    [
      [0, 1.4, 0.55],
      [1.75, 2, 0.45],
    ],
    [[0, 3.6, 0.55]],
  ];
  song.play(
    piano,
    electricPiano,
    compedChords(chords, [53, 72], { patterns, beatsPerBar: 4, random: song.random }),
    { spread: 0.2 },
  );
  const guitar = song.strip({
    decibels: 0.5,
    send: 0.35,
    effect: (bus) => tape(bus, { drive: 1.1, cutHertz: 6_000 }),
  });
  song.play(guitar, nylonGuitar, melody, { pan: 0.18, ring: 1.8, jitterSeconds: 0.011 });
  const air = song.strip({ decibels: -16, send: 0.6 });
  const last = melody.filter(({ beat }) => beat >= 64);
  song.play(air, flute, inParallel(last, scaleOf('C major'), -2), { pan: -0.3 });

  const bass = song.strip({ decibels: -10.5, send: 0.04 });
  const bassLine = [
    [0, 1.6, 'root', 0.85],
    [1.75, 0.7, 'root', 0.6],
    [2.5, 1.3, 'fifth', 0.7],
  ];
  song.play(bass, uprightBass, patternBass(chords, 28, bassLine));

  const drums = song.strip({
    decibels: -2,
    send: 0.12,
    effect: (bus) => tape(bus, { drive: 1.5, cutHertz: 6_500 }),
  });
  const beat = range(2, 20);
  song.hit(
    drums,
    kick,
    beatPattern(beat, 4, [
      [0, 0.75],
      [1.75, 0.45],
      [2.5, 0.65],
    ]),
  );
  song.hit(
    drums,
    snare,
    beatPattern(beat, 4, [
      [1, 0.5],
      [3, 0.55],
    ]),
    { pan: 0.05, jitterSeconds: 0.008 },
  );
  const eighths = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((at) => [at, at % 1 === 0 ? 0.34 : 0.22]);
  song.hit(drums, hat, beatPattern(range(1, 20), 4, eighths), { pan: -0.22, jitterSeconds: 0.006 });

  const close = readChords('Cmaj9', 4).map((span) => ({ ...span, beat: 80, beats: 5 }));
  song.play(piano, electricPiano, heldChords(close, [53, 74], 0.5), { spread: 0.2 });
  song.play(bass, uprightBass, [{ beat: 80, beats: 4, midi: 36, velocity: 0.75 }]);
  return song.mix();
}
