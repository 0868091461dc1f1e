import {
  checkConsonance,
  readChords,
  readMelody,
  sequence,
  shift,
  transpose,
} from '../score/notation.mjs';
import { beatPattern, brokenChords, heldChords, patternBass, range } from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { feltKick, woodTick } from '../synth/drums.mjs';
import { chorus, duck, withEcho } from '../synth/effects.mjs';
import { glass, kalimba } from '../synth/struck.mjs';
import { deepBass, pad, synthBass } from '../synth/sustained.mjs';

const tide = { tempo: 84, barSeconds: (4 * 60) / 84, leadSeconds: 0.06 };

/** Where "Undertow" begins: on the bar line after sixteen bars, in the middle of the sound. */
export const undertowStartsSeconds = tide.leadSeconds + 16 * tide.barSeconds;

/**
 * One piece of 32 bars in D minor, cut into "Slow Tide" and "Undertow". The sequence never stops,
 * so that a join with a gap, or with samples too many, is plainly heard.
 */
export function slowTideAndUndertow() {
  const song = startSong({
    seed: 102,
    tempo: tide.tempo,
    leadSeconds: tide.leadSeconds,
    seconds: 93.5,
    room: { seconds: 3, dampHertz: 2_600, size: 1.25, predelaySeconds: 0.03 },
  });
  const cycle = readChords('Dm9 | Bbmaj9 | Fmaj9 | Cadd9', 4);
  const turn = readChords('Gm9 | Dm9 | Bbmaj9 | Cadd9', 4);
  const chords = sequence([cycle, cycle, cycle, turn, cycle, turn, cycle, cycle], 16);
  const tune = 'D5:3 F5:1 | F5:2 D5:2 | A5:3 G5:1 | E5:2 G5:2';
  const answer = 'D5:2 Bb4:2 | A4:3 E5:1 | F5:2 A5:2 | G5:4';
  const scale = scaleOf('D minor');
  const melody = checkConsonance(
    [
      ...shift(readMelody(tune, 4), 32),
      ...shift(readMelody(answer, 4), 48),
      ...shift(readMelody(tune, 4), 64),
      ...shift(readMelody(answer, 4), 80),
      ...shift(readMelody(tune, 4), 96),
    ],
    chords,
    scale,
    2,
  );
  const beats = beatPattern(range(12, 28), 4, [
    [0, 0.8],
    [2, 0.7],
    [3.5, 0.4],
  ]);
  const pump = (bus) =>
    duck(
      bus,
      beats.map(({ beat }) => song.secondsAt(beat)),
      { depth: 0.25, recoverSeconds: 0.4 },
    );

  const sky = song.strip({
    decibels: -14,
    send: 0.4,
    effect: (bus) => pump(chorus(bus, { hertz: 0.22, mix: 0.5 })),
  });
  song.play(sky, pad, heldChords(chords, [53, 71], 0.6), { spread: 0.5, ring: 1.15 });
  const drops = song.strip({
    decibels: -9.5,
    send: 0.3,
    effect: withEcho({ seconds: (60 / 84) * 0.75, feedback: 0.45 }),
  });
  const running = { figure: [0, 2, 4, 3, 1, 3, 2, 5], step: 0.5, beats: 0.9, velocity: 0.5 };
  song.play(drops, kalimba, brokenChords(chords.slice(2, 30), [60, 77], running), {
    spread: 0.6,
    jitterSeconds: 0.004,
  });
  const bells = song.strip({
    decibels: -12,
    send: 0.5,
    effect: withEcho({ seconds: (60 / 84) * 1.5, feedback: 0.4 }),
  });
  song.play(bells, glass, transpose(melody, 12), { pan: 0.1, jitterSeconds: 0.012 });
  const deep = song.strip({ decibels: -9, send: 0.06, effect: pump });
  song.play(deep, deepBass, patternBass(chords.slice(0, 12), 33, [[0, 3.6, 'root', 0.7]]));
  song.play(
    deep,
    synthBass,
    patternBass(chords.slice(12, 30), 33, [
      [0, 1.4, 'root', 0.75],
      [1.5, 0.45, 'root', 0.5],
      [2, 1.4, 'fifth', 0.6],
      [3.5, 0.45, 'octave', 0.45],
    ]),
    { jitterSeconds: 0.003 },
  );
  song.play(deep, deepBass, patternBass(chords.slice(30), 33, [[0, 3.6, 'root', 0.7]]));
  const drums = song.strip({ decibels: -4, send: 0.1 });
  song.hit(drums, feltKick, beats, { jitterSeconds: 0.002 });
  song.hit(
    drums,
    woodTick,
    beatPattern(range(16, 28), 4, [
      [1, 0.5],
      [2.75, 0.3],
      [3, 0.5],
    ]),
    { pan: 0.25 },
  );
  return song.mix();
}
