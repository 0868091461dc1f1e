/** Album "Rue des Tilleuls": a small jazz trio, with a vibraphone or a flute for company. */
import { beatPattern, brokenChords, compedChords, heldChords, inParallel, patternBass, range, walkingBass } from '../score/parts.mjs';
import { checkConsonance, readChords, readMelody, sequence, transpose } from '../score/notation.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { autoPan, chorus, tape } from '../synth/effects.mjs';
import { brushSweep, brushTap, feltKick, hat, kick, ride, rim, shaker, snare } from '../synth/drums.mjs';
import { flute } from '../synth/sustained.mjs';
import { electricPiano, nylonGuitar, uprightBass, vibraphone } from '../synth/struck.mjs';

const club = { seconds: 1.3, dampHertz: 4_200, size: 0.8 };
const stagePiano = { decibels: -9, send: 0.2, effect: (bus) => autoPan(bus, { hertz: 3.1, depth: 0.16 }) };

/** Medium swing in F, 32 bars, A A B A. */
export function cafeAtSeven() {
  const song = startSong({ seed: 701, tempo: 138, seconds: 61, swing: 0.64, room: club });
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
  song.play(vibes, vibraphone, melody.filter((note) => !inBridge(note)), { pan: 0.25, spread: 0.15 });
  const solo = song.strip({ ...stagePiano, decibels: -7 });
  song.play(solo, electricPiano, melody.filter(inBridge), { pan: -0.1, spread: 0.15 });
  const piano = song.strip({ ...stagePiano, decibels: -13 });
  const patterns = [
    [[0, 1.2, 0.5], [1.5, 0.5, 0.42]],
    [[1.5, 0.6, 0.48], [3.5, 0.5, 0.4]],
    [[0.5, 0.5, 0.42], [2.5, 1.2, 0.5]],
    [[0, 2.4, 0.45]],
  ];
  const comp = compedChords(chords, [52, 70], { patterns, beatsPerBar: 4, random: song.random });
  song.play(piano, electricPiano, comp, { pan: -0.2, spread: 0.15 });

  const bass = song.strip({ decibels: -11, send: 0.05 });
  song.play(bass, uprightBass, walkingBass(chords, 29, song.random), { pan: 0.05 });

  const drums = song.strip({ decibels: -3, send: 0.16 });
  const bars = range(0, 32);
  song.hit(drums, ride, beatPattern(bars, 4, [[0, 0.6], [1, 0.75], [1.5, 0.45], [2, 0.6], [3, 0.75], [3.5, 0.45]]), { pan: 0.35 });
  song.hit(drums, hat, beatPattern(bars, 4, [[1, 0.3], [3, 0.3]]), { pan: -0.35 });
  song.hit(drums, brushSweep, beatPattern(bars, 4, [[0, 0.5], [2, 0.5]]), { pan: -0.1 });
  song.hit(drums, brushTap, beatPattern(bars, 4, [[1, 0.5], [3, 0.55]]), { pan: -0.1 });
  song.hit(drums, brushTap, beatPattern(bars.filter((bar) => bar % 4 === 3), 4, [[2.5, 0.45], [3.5, 0.5]]), { pan: -0.05 });
  song.hit(drums, feltKick, beatPattern(bars, 4, [[0, 0.5], [2, 0.35]]));

  const ending = readChords('Fmaj9', 4).map((span) => ({ ...span, beat: 128, beats: 6 }));
  song.play(piano, electricPiano, heldChords(ending, [52, 72], 0.5), { spread: 0.15 });
  song.play(vibes, vibraphone, readMelody('C6:4', 4).map((note) => ({ ...note, beat: 128.5 })), { pan: 0.2 });
  song.play(bass, uprightBass, [{ beat: 128, beats: 5, midi: 29, velocity: 0.8 }]);
  song.hit(drums, ride, [{ beat: 128, velocity: 0.6 }], { pan: 0.35 });
  return song.mix();
}

/** Unhurried lo-fi in C, swung in sixteenths, through old tape. */
export function rainOnTheRue() {
  const song = startSong({ seed: 702, tempo: 77, seconds: 68, swing: 0.6, swingBeats: 0.5, room: { seconds: 1.6, dampHertz: 3_200 } });
  const loop = readChords('Dm9 | G13 | Cmaj9 | Am7', 4);
  const bridge = readChords('Fmaj9 | Em7 | Dm9 | G13', 4);
  const chords = sequence([loop, loop, loop, bridge, loop], 16);
  const a1 = 'r:1 A4:.5 C5 D5:1.5 C5:.5 | B4:1.5 A4:.5 G4:2 | r:1 G4:.5 B4 D5:1.5 B4:.5 | C5:1 B4:.5 A4 E4:2';
  const a2 = 'r:1 A4:.5 C5 D5:1.5 C5:.5 | B4:1 D5 E5:2 | G5:1.5 E5:.5 D5:1 B4 | C5:1.5 B4:.5 A4:2';
  const b = 'A5:1.5 G5:.5 E5:1 C5 | B4:1 D5 G5:1.5 E5:.5 | F5:1.5 E5:.5 C5:1 A4 | B4:2 r:2';
  const bars = (text) => readMelody(text, 4);
  const melody = checkConsonance(sequence([[], bars(a1), bars(a2), bars(b), bars(a2)], 16), chords, scaleOf('C major'), 2);

  const warm = (bus) => tape(autoPan(bus, { hertz: 2.4, depth: 0.18 }), { drive: 1.4, cutHertz: 5_200 });
  const piano = song.strip({ decibels: -10, send: 0.22, effect: warm });
  const patterns = [[[0, 2.3, 0.55], [2.5, 1.4, 0.42]], [[0, 1.4, 0.55], [1.75, 2, 0.45]], [[0, 3.6, 0.55]]];
  song.play(piano, electricPiano, compedChords(chords, [53, 72], { patterns, beatsPerBar: 4, random: song.random }), { spread: 0.2 });
  const guitar = song.strip({ decibels: 0.5, send: 0.35, effect: (bus) => tape(bus, { drive: 1.1, cutHertz: 6_000 }) });
  song.play(guitar, nylonGuitar, melody, { pan: 0.18, ring: 1.8, jitterSeconds: 0.011 });
  const air = song.strip({ decibels: -16, send: 0.6 });
  const last = melody.filter(({ beat }) => beat >= 64);
  song.play(air, flute, inParallel(last, scaleOf('C major'), -2), { pan: -0.3 });

  const bass = song.strip({ decibels: -10.5, send: 0.04 });
  const bassLine = [[0, 1.6, 'root', 0.85], [1.75, 0.7, 'root', 0.6], [2.5, 1.3, 'fifth', 0.7]];
  song.play(bass, uprightBass, patternBass(chords, 28, bassLine));

  const drums = song.strip({ decibels: -2, send: 0.12, effect: (bus) => tape(bus, { drive: 1.5, cutHertz: 6_500 }) });
  const beat = range(2, 20);
  song.hit(drums, kick, beatPattern(beat, 4, [[0, 0.75], [1.75, 0.45], [2.5, 0.65]]));
  song.hit(drums, snare, beatPattern(beat, 4, [[1, 0.5], [3, 0.55]]), { pan: 0.05, jitterSeconds: 0.008 });
  const eighths = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((at) => [at, at % 1 === 0 ? 0.34 : 0.22]);
  song.hit(drums, hat, beatPattern(range(1, 20), 4, eighths), { pan: -0.22, jitterSeconds: 0.006 });

  const close = readChords('Cmaj9', 4).map((span) => ({ ...span, beat: 80, beats: 5 }));
  song.play(piano, electricPiano, heldChords(close, [53, 74], 0.5), { spread: 0.2 });
  song.play(bass, uprightBass, [{ beat: 80, beats: 4, midi: 36, velocity: 0.75 }]);
  return song.mix();
}

/** Bossa nova in A minor, A A B A: nylon guitar, later joined by a flute. */
export function bicycletteBleue() {
  const song = startSong({ seed: 703, tempo: 128, seconds: 65, room: { seconds: 1.2, dampHertz: 5_000 } });
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
  song.play(lead, nylonGuitar, melody.filter(({ beat }) => beat < 64 || beat >= 96), { pan: -0.12, ring: 1.4 });
  const wind = song.strip({ decibels: -9, send: 0.35 });
  song.play(wind, flute, melody.filter(({ beat }) => beat >= 64 && beat < 96), { pan: 0.15 });
  song.play(wind, flute, inParallel(melody.filter(({ beat }) => beat >= 96), scaleOf('A minor'), -2).map((note) => ({ ...note, velocity: note.velocity * 0.6 })), { pan: 0.3 });

  const piano = song.strip({ ...stagePiano, decibels: -10.5 });
  const patterns = [
    [[0, 1.2, 0.5], [1.5, 1.2, 0.42], [3, 0.8, 0.46]],
    [[0.5, 1.2, 0.46], [2, 0.8, 0.44], [3.5, 0.45, 0.42]],
  ];
  song.play(piano, electricPiano, compedChords(chords, [52, 69], { patterns, beatsPerBar: 4, random: song.random }), { pan: 0.25, spread: 0.1 });
  const bass = song.strip({ decibels: -11.5, send: 0.04 });
  const steps = [[0, 1.4, 'root', 0.85], [1.5, 0.45, 'fifth', 0.62], [2, 1.4, 'fifth', 0.8], [3.5, 0.45, 'root', 0.6]];
  song.play(bass, uprightBass, patternBass(chords, 28, steps));

  const drums = song.strip({ decibels: -5, send: 0.15 });
  const pairs = range(0, 16).map((pair) => pair * 2);
  song.hit(drums, rim, beatPattern(pairs, 4, [[0, 0.6], [1.5, 0.5], [3, 0.55], [5, 0.5], [6.5, 0.55]]), { pan: 0.3 });
  const eighths = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((at) => [at, at % 1 === 0 ? 0.4 : 0.55]);
  song.hit(drums, shaker, beatPattern(range(0, 32), 4, eighths), { pan: -0.35 });
  song.hit(drums, feltKick, beatPattern(range(0, 32), 4, [[0, 0.6], [1.5, 0.35], [2, 0.55], [3.5, 0.3]]));

  const close = readChords('Am9', 4).map((span) => ({ ...span, beat: 128, beats: 5 }));
  song.play(piano, electricPiano, heldChords(close, [52, 72], 0.45), { pan: 0.2 });
  song.play(lead, nylonGuitar, brokenChords(close, [57, 76], { figure: [0, 1, 2, 3, 4, 5], step: 0.5, beats: 3, velocity: 0.6 }).slice(0, 6), { pan: -0.12 });
  song.play(bass, uprightBass, [{ beat: 128, beats: 5, midi: 33, velocity: 0.8 }]);
  return song.mix();
}

/** Slow jazz waltz in E flat: the lamps go out one by one. */
export function lesLampesSEteignent() {
  const song = startSong({ seed: 704, tempo: 98, seconds: 65, swing: 0.6, room: { seconds: 2.2, dampHertz: 3_800 } });
  const chordsA1 = readChords('Ebmaj9 | Cm9 | Fm9 | Bb13 | Gm7 | Cm9 | Fm9 | Bb13', 3);
  const chordsA2 = readChords('Ebmaj9 | Cm9 | Fm9 | Bb13 | Gm7 | Cm9 | Bb13 | Ebmaj9', 3);
  const chordsB = readChords('Abmaj9 | Db9 | Gm7 | C7 | Fm9 | Bb13 | Ebmaj9 | Bb13', 3);
  const chords = sequence([chordsA1, chordsA2, chordsB, chordsA2], 24);
  const opening = 'G4:2 Bb4:1 | D5:2 C5:1 | C5:1.5 Bb4:.5 Ab4:1 | G4:2 F4:1 | Bb4:2 D5:1 | G5:2 Eb5:1';
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
  song.play(solo, electricPiano, melody.filter((note) => !bridge(note)), { pan: 0.05, spread: 0.1, jitterSeconds: 0.012 });
  const vibes = song.strip({ decibels: -6, send: 0.4 });
  song.play(vibes, vibraphone, transpose(melody.filter(bridge), 12), { pan: 0.25, jitterSeconds: 0.012 });
  const patterns = [[[0, 2.8, 0.5]], [[0, 1.8, 0.5], [2, 0.9, 0.38]], [[0, 1.3, 0.48], [1.5, 1.4, 0.4]]];
  song.play(piano, electricPiano, compedChords(chords, [50, 66], { patterns, beatsPerBar: 3, random: song.random }), { pan: -0.15, spread: 0.15, jitterSeconds: 0.012 });
  const bass = song.strip({ decibels: -11, send: 0.06 });
  song.play(bass, uprightBass, patternBass(chords, 29, [[0, 1.9, 'root', 0.8], [2, 0.9, 'fifth', 0.6]]));
  const drums = song.strip({ decibels: 1, send: 0.2 });
  song.hit(drums, brushSweep, beatPattern(range(0, 32), 3, [[0, 0.6], [1, 0.5], [2, 0.5]]), { pan: -0.15 });
  song.hit(drums, brushTap, beatPattern(range(4, 32), 3, [[1, 0.35], [2, 0.45]]), { pan: 0.1 });
  song.hit(drums, ride, beatPattern(range(16, 32), 3, [[0, 0.5], [1, 0.4], [2, 0.4], [2.5, 0.25]]), { pan: 0.35 });

  const close = readChords('Ebmaj9', 3).map((span) => ({ ...span, beat: 96, beats: 5 }));
  song.play(piano, electricPiano, brokenChords(close, [55, 75], { figure: [0, 1, 2, 3, 4, 5, 6], step: 0.5, beats: 4, velocity: 0.5 }).slice(0, 7), { spread: 0.2 });
  song.play(bass, uprightBass, [{ beat: 96, beats: 5, midi: 39, velocity: 0.7 }]);
  return song.mix();
}
