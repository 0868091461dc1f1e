import { checkConsonance, readChords, readMelody, sequence } from '../score/notation.mjs';
import { beatPattern, compedChords, heldChords, range, walkingBass } from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { brushSweep, brushTap, feltKick, hat, ride } from '../synth/drums.mjs';
import { autoPan } from '../synth/effects.mjs';
import { electricPiano, uprightBass, vibraphone } from '../synth/struck.mjs';

/** Medium swing in F, 32 bars, A A B A. */
export function cafeAtSeven() {
  const song = startSong({
    seed: 701,
    tempo: 138,
    seconds: 61,
    swing: 0.64,
    room: { seconds: 1.3, dampHertz: 4_200, size: 0.8 },
  });
  const chordsA = readChords('Fmaj9 | D7 | Gm9 | C13 | Am7 | Dm9 | Gm9 C13 | Fmaj9', 4);
  const chordsB = readChords('Cm9 | F13 | Bbmaj9 | Bbmaj9 | Dm9 | G13 | Gm9 | C13', 4);
  const chords = sequence([chordsA, chordsA, chordsB, chordsA], 32);
  const opening = `r:.5 C5 E5:1 D5:.5 C5 A4:1 | A4:1.5 F#4:.5 A4:1 C5 | D5:1.5 C5:.5 Bb4:1 A4:.5 G4
    | E4:1 G4 Bb4:.5 A4 G4:1 | r:.5 C5 E5:1 G5:.5 E5 C5:1 | F5:1.5 E5:.5 D5:1 C5
    | Bb4:1 D5:.5 C5 A4:1 Bb4:.5 G4`;
  const a1 = readMelody(`${opening} | A4:3 r:1`, 4);
  const a2 = readMelody(`${opening} | F4:1 A4:.5 C5 F5:2`, 4);
  const b = readMelody(
    `Eb5:1.5 D5:.5 C5:1 Bb4 | A4:2 r:.5 C5 D5 Eb5 | D5:1.5 C5:.5 Bb4:1 A4 | F4:1 A4 C5 D5
    | F5:1.5 E5:.5 D5:1 C5 | B4:2 r:.5 D5 E5 F5 | Bb4:1 D5 F5 D5 | E5:1.5 D5:.5 C5:2`,
    4,
  );
  const melody = checkConsonance(sequence([a1, a2, b, a2], 32), chords, scaleOf('F major'), 2);

  const vibes = song.strip({ decibels: -6.5, send: 0.3 });
  const inBridge = ({ beat }) => beat >= 64 && beat < 96;
  song.play(
    vibes,
    vibraphone,
    melody.filter((note) => !inBridge(note)),
    { pan: 0.25, spread: 0.15 },
  );
  const swaying = (bus) => autoPan(bus, { hertz: 3.1, depth: 0.16 });
  const solo = song.strip({ decibels: -7, effect: swaying });
  song.play(solo, electricPiano, melody.filter(inBridge), { pan: -0.1, spread: 0.15 });
  const piano = song.strip({ decibels: -13, effect: swaying });
  const patterns = [
    [
      [0, 1.2, 0.5],
      [1.5, 0.5, 0.42],
    ],
    [
      [1.5, 0.6, 0.48],
      [3.5, 0.5, 0.4],
    ],
    [
      [0.5, 0.5, 0.42],
      [2.5, 1.2, 0.5],
    ],
    [[0, 2.4, 0.45]],
  ];
  const comp = compedChords(chords, [52, 70], { patterns, beatsPerBar: 4, random: song.random });
  song.play(piano, electricPiano, comp, { pan: -0.2, spread: 0.15 });

  const bass = song.strip({ decibels: -11, send: 0.05 });
  song.play(bass, uprightBass, walkingBass(chords, 29, song.random), { pan: 0.05 });

  const drums = song.strip({ decibels: -3, send: 0.16 });
  const bars = range(0, 32);
  song.hit(
    drums,
    ride,
    beatPattern(bars, 4, [
      [0, 0.6],
      [1, 0.75],
      [1.5, 0.45],
      [2, 0.6],
      [3, 0.75],
      [3.5, 0.45],
    ]),
    { pan: 0.35 },
  );
  song.hit(
    drums,
    hat,
    beatPattern(bars, 4, [
      [1, 0.3],
      [3, 0.3],
    ]),
    { pan: -0.35 },
  );
  song.hit(
    drums,
    brushSweep,
    beatPattern(bars, 4, [
      [0, 0.5],
      [2, 0.5],
    ]),
    { pan: -0.1 },
  );
  song.hit(
    drums,
    brushTap,
    beatPattern(bars, 4, [
      [1, 0.5],
      [3, 0.55],
    ]),
    { pan: -0.1 },
  );
  song.hit(
    drums,
    brushTap,
    beatPattern(
      bars.filter((bar) => bar % 4 === 3),
      4,
      [
        [2.5, 0.45],
        [3.5, 0.5],
      ],
    ),
    { pan: -0.05 },
  );
  song.hit(
    drums,
    feltKick,
    beatPattern(bars, 4, [
      [0, 0.5],
      [2, 0.35],
    ]),
  );

  const ending = readChords('Fmaj9', 4).map((span) => ({ ...span, beat: 128, beats: 6 }));
  song.play(piano, electricPiano, heldChords(ending, [52, 72], 0.5), { spread: 0.15 });
  song.play(
    vibes,
    vibraphone,
    readMelody('C6:4', 4).map((note) => ({ ...note, beat: 128.5 })),
    { pan: 0.2 },
  );
  song.play(bass, uprightBass, [{ beat: 128, beats: 5, midi: 29, velocity: 0.8 }]);
  song.hit(drums, ride, [{ beat: 128, velocity: 0.6 }], { pan: 0.35 });
  return song.mix();
}
