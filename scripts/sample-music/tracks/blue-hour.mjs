/** Album "Blue Hour Signals": pads, glass and soft sequences. Little noise, so that FLAC stays small. */
import { beatPattern, brokenChords, heldChords, patternBass, range } from '../score/parts.mjs';
import { checkConsonance, readChords, readMelody, sequence, shift, transpose } from '../score/notation.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { addBus } from '../synth/bus.mjs';
import { chorus, crossingEcho, duck } from '../synth/effects.mjs';
import { brushTap, feltKick, kick, woodTick } from '../synth/drums.mjs';
import { deepBass, pad, synthBass, warmPad } from '../synth/sustained.mjs';
import { electricPiano, glass, kalimba } from '../synth/struck.mjs';

const hall = { seconds: 4.2, dampHertz: 2_600, size: 1.25, predelaySeconds: 0.03 };

const tide = { tempo: 84, barSeconds: (4 * 60) / 84, leadSeconds: 0.06 };
/** Where "Undertow" begins: on the bar line after sixteen bars, in the middle of the sound. */
export const undertowStartsSeconds = tide.leadSeconds + 16 * tide.barSeconds;

/** Ambient in E: pads that breathe once a bar, a few glass notes and their echoes. */
export function harbourLights() {
  const song = startSong({ seed: 101, tempo: 66, seconds: 52, room: hall });
  const cycle = readChords('Emaj9 | C#m9 | Amaj9 | Badd9', 4);
  const chords = sequence([cycle, cycle, cycle], 16);
  const first = 'r:1 B5:1 G#5:2 | r:1 E5:1 G#5:2 | r:1 E5:1 C#5:2 | r:1 F#5:1 D#5:2';
  const second = 'r:1 B5:1 D#6:2 | B5:2 G#5:2 | r:1 C#6:1 B5:2 | F#5:4';
  const melody = checkConsonance(
    sequence([first, second, first].map((text) => readMelody(text, 4)), 16),
    chords,
    scaleOf('E major'),
    2,
  );
  const sky = song.strip({ decibels: -14, send: 0.5, effect: (bus) => chorus(bus, { hertz: 0.18, mix: 0.5 }) });
  song.play(sky, pad, heldChords(chords, [52, 71], 0.6), { spread: 0.5, ring: 1.12 });
  const bells = song.strip({ decibels: -10.5, send: 0.5, effect: withEcho(0.75 * (60 / 66), 0.5) });
  song.play(bells, glass, melody.filter(({ beat }) => beat >= 4), { spread: 0.3, ring: 1.5, jitterSeconds: 0.02 });
  const deep = song.strip({ decibels: -9, send: 0.1 });
  song.play(deep, deepBass, patternBass(chords, 28, [[0, 3.6, 'root', 0.7]]));
  const keys = song.strip({ decibels: -12, send: 0.6 });
  const ripple = { figure: [null, 0, 2, 4, null, 3, 5, null], step: 0.5, beats: 2, velocity: 0.4 };
  song.play(keys, electricPiano, brokenChords(chords.slice(4), [64, 80], ripple), { spread: 0.4, jitterSeconds: 0.014 });
  return song.mix();
}

/**
 * One piece of 32 bars in D minor, cut into "Slow Tide" and "Undertow". The sequence never stops,
 * so that a join with a gap, or with samples too many, is plainly heard.
 */
export function slowTideAndUndertow() {
  const song = startSong({ seed: 102, tempo: tide.tempo, leadSeconds: tide.leadSeconds, seconds: 95, room: { ...hall, seconds: 3 } });
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
  const beats = beatPattern(range(12, 28), 4, [[0, 0.8], [2, 0.7], [3.5, 0.4]]);
  const pump = (bus) => duck(bus, beats.map(({ beat }) => song.secondsAt(beat)), { depth: 0.25, recoverSeconds: 0.4 });

  const sky = song.strip({ decibels: -14, send: 0.4, effect: (bus) => pump(chorus(bus, { hertz: 0.22, mix: 0.5 })) });
  song.play(sky, pad, heldChords(chords, [53, 71], 0.6), { spread: 0.5, ring: 1.15 });
  const drops = song.strip({ decibels: -9.5, send: 0.3, effect: withEcho((60 / 84) * 0.75, 0.45) });
  const running = { figure: [0, 2, 4, 3, 1, 3, 2, 5], step: 0.5, beats: 0.9, velocity: 0.5 };
  song.play(drops, kalimba, brokenChords(chords.slice(2, 30), [60, 77], running), { spread: 0.6, jitterSeconds: 0.004 });
  const bells = song.strip({ decibels: -12, send: 0.5, effect: withEcho((60 / 84) * 1.5, 0.4) });
  song.play(bells, glass, transpose(melody, 12), { pan: 0.1, jitterSeconds: 0.012 });
  const deep = song.strip({ decibels: -9, send: 0.06, effect: pump });
  song.play(deep, deepBass, patternBass(chords.slice(0, 12), 33, [[0, 3.6, 'root', 0.7]]));
  song.play(deep, synthBass, patternBass(chords.slice(12, 30), 33, [[0, 1.4, 'root', 0.75], [1.5, 0.45, 'root', 0.5], [2, 1.4, 'fifth', 0.6], [3.5, 0.45, 'octave', 0.45]]), { jitterSeconds: 0.003 });
  song.play(deep, deepBass, patternBass(chords.slice(30), 33, [[0, 3.6, 'root', 0.7]]));
  const drums = song.strip({ decibels: -4, send: 0.1 });
  song.hit(drums, feltKick, beats, { jitterSeconds: 0.002 });
  song.hit(drums, woodTick, beatPattern(range(16, 28), 4, [[1, 0.5], [2.75, 0.3], [3, 0.5]]), { pan: 0.25 });
  return song.mix();
}

/** Downtempo in A minor: soft keys, a steady pulse, the last tune of the evening. */
export function firstTrainHome() {
  const song = startSong({ seed: 104, tempo: 92, seconds: 50, swing: 0.56, swingBeats: 0.5, room: { ...hall, seconds: 2.2 } });
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
  const kicks = beatPattern(range(2, 16), 4, [[0, 0.8], [1.75, 0.45], [2.5, 0.7]]);
  const pump = (bus) => duck(bus, kicks.map(({ beat }) => song.secondsAt(beat)), { depth: 0.3, recoverSeconds: 0.3 });
  const wash = song.strip({ decibels: -19.5, send: 0.3, effect: (bus) => pump(chorus(bus, { mix: 0.4 })) });
  song.play(wash, warmPad, heldChords(chords, [52, 69], 0.6), { spread: 0.5, ring: 1.04 });
  const keys = song.strip({ decibels: -11, send: 0.3, effect: withEcho((60 / 92) * 0.75, 0.35) });
  song.play(keys, electricPiano, melody, { pan: -0.05, spread: 0.15 });
  const drops = song.strip({ decibels: -10, send: 0.25, effect: withEcho((60 / 92) * 0.5, 0.4) });
  const running = { figure: [0, 2, 3, 1, 2, 4, 3, 2], step: 0.5, beats: 0.8, velocity: 0.5 };
  song.play(drops, kalimba, brokenChords(chords, [64, 81], running), { spread: 0.7, jitterSeconds: 0.003 });
  const deep = song.strip({ decibels: -6.5, send: 0.04, effect: pump });
  song.play(deep, synthBass, patternBass(chords.slice(2), 33, [[0, 1.5, 'root', 0.8], [1.75, 0.7, 'root', 0.55], [2.5, 1.3, 'fifth', 0.65]]), { jitterSeconds: 0.003 });
  const drums = song.strip({ decibels: -4, send: 0.1 });
  song.hit(drums, kick, kicks, { jitterSeconds: 0.001 });
  song.hit(drums, brushTap, beatPattern(range(4, 16), 4, [[1, 0.6], [3, 0.65]]), { pan: 0.05 });
  song.hit(drums, woodTick, beatPattern(range(4, 16), 4, [[0.5, 0.3], [1.5, 0.35], [2.75, 0.3], [3.5, 0.4]]), { pan: -0.3 });

  const close = readChords('Am9', 4).map((span) => ({ ...span, beat: 64, beats: 6 }));
  song.play(wash, warmPad, heldChords(close, [52, 69], 0.6), { spread: 0.5 });
  song.play(keys, electricPiano, heldChords(close, [57, 76], 0.4), { spread: 0.2 });
  song.play(deep, synthBass, [{ beat: 64, beats: 4, midi: 33, velocity: 0.75 }]);
  return song.mix();
}

/** The sound and its echoes on one bus. */
function withEcho(seconds, feedback) {
  return (bus) => {
    addBus(bus, crossingEcho(bus, { seconds, feedback }), 0.5);
    return bus;
  };
}
