import { checkConsonance, readChords, readMelody, sequence } from '../score/notation.mjs';
import { beatPattern, brokenChords, heldChords, patternBass, range } from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { kick, rim, woodTick } from '../synth/drums.mjs';
import { chorus, duck, withEcho } from '../synth/effects.mjs';
import { electricPiano, kalimba } from '../synth/struck.mjs';
import { synthBass, warmPad } from '../synth/sustained.mjs';

/** Downtempo in A minor: soft keys, a steady pulse, the last tune of the evening. */
export function firstTrainHome() {
  const song = startSong({
    seed: 104,
    tempo: 92,
    seconds: 47,
    swing: 0.56,
    swingBeats: 0.5,
    room: { seconds: 2.2, dampHertz: 2_600, size: 1.25, predelaySeconds: 0.03 },
  });
  const cycle = readChords('Am9 | Fmaj9 | Cmaj9 | G6', 4);
  const chords = sequence([cycle, cycle, cycle, cycle], 16);
  const tune = 'E5:1.5 C5:.5 B4:2 | A4:1 C5 E5:2 | G5:1.5 E5:.5 D5:2 | B4:1.5 D5:.5 E5:2';
  const answer = 'E5:1 G5 B5:1.5 A5:.5 | G5:1.5 E5:.5 C5:2 | D5:1 E5 G5 E5 | D5:3 r:1';
  const melody = checkConsonance(
    sequence([[], ...[tune, answer, tune].map((text) => readMelody(text, 4))], 16),
    chords,
    scaleOf('A minor'),
    2,
  );
  const kicks = beatPattern(range(2, 16), 4, [
    [0, 0.8],
    [1.75, 0.45],
    [2.5, 0.7],
  ]);
  const pump = (bus) =>
    duck(
      bus,
      kicks.map(({ beat }) => song.secondsAt(beat)),
      { depth: 0.3, recoverSeconds: 0.3 },
    );
  const wash = song.strip({
    decibels: -19.5,
    send: 0.3,
    effect: (bus) => pump(chorus(bus, { mix: 0.4 })),
  });
  song.play(wash, warmPad, heldChords(chords, [52, 69], 0.6), { spread: 0.5, ring: 1.04 });
  const keys = song.strip({
    decibels: -11,
    send: 0.3,
    effect: withEcho({ seconds: (60 / 92) * 0.75, feedback: 0.35 }),
  });
  song.play(keys, electricPiano, melody, { pan: -0.05, spread: 0.15 });
  const drops = song.strip({
    decibels: -10,
    send: 0.25,
    effect: withEcho({ seconds: (60 / 92) * 0.5, feedback: 0.4 }),
  });
  const running = { figure: [0, 2, 3, 1, 2, 4, 3, 2], step: 0.5, beats: 0.8, velocity: 0.5 };
  song.play(drops, kalimba, brokenChords(chords, [64, 81], running), {
    spread: 0.7,
    jitterSeconds: 0.003,
  });
  const deep = song.strip({ decibels: -6.5, send: 0.04, effect: pump });
  song.play(
    deep,
    synthBass,
    patternBass(chords.slice(2), 33, [
      [0, 1.5, 'root', 0.8],
      [1.75, 0.7, 'root', 0.55],
      [2.5, 1.3, 'fifth', 0.65],
    ]),
    { jitterSeconds: 0.003 },
  );
  const drums = song.strip({ decibels: -4, send: 0.1 });
  song.hit(drums, kick, kicks, { jitterSeconds: 0.001 });
  song.hit(
    drums,
    rim,
    beatPattern(range(4, 16), 4, [
      [1, 0.4],
      [3, 0.45],
    ]),
    { pan: 0.1 },
  );
  song.hit(
    drums,
    woodTick,
    beatPattern(range(4, 16), 4, [
      [0.5, 0.3],
      [1.5, 0.35],
      [2.75, 0.3],
      [3.5, 0.4],
    ]),
    { pan: -0.3 },
  );

  const close = readChords('Am9', 4).map((span) => ({ ...span, beat: 64, beats: 6 }));
  song.play(wash, warmPad, heldChords(close, [52, 69], 0.6), { spread: 0.5 });
  song.play(keys, electricPiano, heldChords(close, [57, 76], 0.4), { spread: 0.2 });
  song.play(deep, synthBass, [{ beat: 64, beats: 4, midi: 33, velocity: 0.75 }]);
  return song.mix();
}
