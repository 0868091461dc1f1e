import {
  checkConsonance,
  readChords,
  readMelody,
  sequence,
  transpose,
} from '../score/notation.mjs';
import { beatPattern, brokenChords, compedChords, patternBass, range } from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { brushSweep, brushTap, ride } from '../synth/drums.mjs';
import { autoPan, chorus } from '../synth/effects.mjs';
import { electricPiano, uprightBass, vibraphone } from '../synth/struck.mjs';

/** Slow jazz waltz in E flat: the lamps go out one by one. */
export function lesLampesSEteignent() {
  const song = startSong({
    seed: 704,
    tempo: 98,
    seconds: 65,
    swing: 0.6,
    room: { seconds: 2.2, dampHertz: 3_800 },
  });
  const chordsA1 = readChords('Ebmaj9 | Cm9 | Fm9 | Bb13 | Gm7 | Cm9 | Fm9 | Bb13', 3);
  const chordsA2 = readChords('Ebmaj9 | Cm9 | Fm9 | Bb13 | Gm7 | Cm9 | Bb13 | Ebmaj9', 3);
  const chordsB = readChords('Abmaj9 | Db9 | Gm7 | C7 | Fm9 | Bb13 | Ebmaj9 | Bb13', 3);
  const chords = sequence([chordsA1, chordsA2, chordsB, chordsA2], 24);
  const opening =
    'G4:2 Bb4:1 | D5:2 C5:1 | C5:1.5 Bb4:.5 Ab4:1 | G4:2 F4:1 | Bb4:2 D5:1 | G5:2 Eb5:1';
  const a1 = readMelody(`${opening} | Eb5:1.5 C5:.5 Ab4:1 | F4:2 r:1`, 3);
  const a2 = readMelody(`${opening} | D5:1.5 C5:.5 Ab4:1 | G4:3`, 3);
  const b = readMelody(
    'C5:2 Eb5:1 | F5:2 Eb5:1 | D5:2 Bb4:1 | E5:1.5 D5:.5 C5:1 | Ab4:1 C5 Eb5 | D5:2 C5:1 | Bb4:3 | r:1 F4 Ab4',
    3,
  );
  const melody = checkConsonance(sequence([a1, a2, b, a2], 24), chords, scaleOf('Eb major'), 3);

  const soft = (bus) => autoPan(chorus(bus, { mix: 0.3 }), { hertz: 2.6, depth: 0.16 });
  const solo = song.strip({ decibels: -7, send: 0.32, effect: soft });
  const piano = song.strip({ decibels: -12.5, send: 0.25, effect: soft });
  const bridge = ({ beat }) => beat >= 48 && beat < 72;
  song.play(
    solo,
    electricPiano,
    melody.filter((note) => !bridge(note)),
    { pan: 0.05, spread: 0.1, jitterSeconds: 0.012 },
  );
  const vibes = song.strip({ decibels: -6, send: 0.4 });
  song.play(vibes, vibraphone, transpose(melody.filter(bridge), 12), {
    pan: 0.25,
    jitterSeconds: 0.012,
  });
  const patterns = [
    [[0, 2.8, 0.5]],
    [
      [0, 1.8, 0.5],
      [2, 0.9, 0.38],
    ],
    [
      [0, 1.3, 0.48],
      [1.5, 1.4, 0.4],
    ],
  ];
  song.play(
    piano,
    electricPiano,
    compedChords(chords, [50, 66], { patterns, beatsPerBar: 3, random: song.random }),
    { pan: -0.15, spread: 0.15, jitterSeconds: 0.012 },
  );
  const bass = song.strip({ decibels: -11, send: 0.06 });
  song.play(
    bass,
    uprightBass,
    patternBass(chords, 29, [
      [0, 1.9, 'root', 0.8],
      [2, 0.9, 'fifth', 0.6],
    ]),
  );
  const drums = song.strip({ decibels: -4, send: 0.2 });
  song.hit(
    drums,
    brushSweep,
    beatPattern(range(0, 32), 3, [
      [0, 0.6],
      [1, 0.5],
      [2, 0.5],
    ]),
    { pan: -0.15 },
  );
  song.hit(
    drums,
    brushTap,
    beatPattern(range(4, 32), 3, [
      [1, 0.35],
      [2, 0.45],
    ]),
    { pan: 0.1 },
  );
  song.hit(
    drums,
    ride,
    beatPattern(range(16, 32), 3, [
      [0, 0.5],
      [1, 0.4],
      [2, 0.4],
      [2.5, 0.25],
    ]),
    { pan: 0.35 },
  );

  const close = readChords('Ebmaj9', 3).map((span) => ({ ...span, beat: 96, beats: 5 }));
  song.play(
    piano,
    electricPiano,
    brokenChords(close, [55, 75], {
      figure: [0, 1, 2, 3, 4, 5, 6],
      step: 0.5,
      beats: 4,
      velocity: 0.5,
    }).slice(0, 7),
    { spread: 0.2 },
  );
  song.play(bass, uprightBass, [{ beat: 96, beats: 5, midi: 39, velocity: 0.7 }]);
  return song.mix();
}
