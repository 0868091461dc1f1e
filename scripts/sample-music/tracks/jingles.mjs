/** The sound of the house ads: three small tunes, nearly mono, that end before one tires of them. */
import { checkConsonance, readChords, readMelody, transpose } from '../score/notation.mjs';
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
import { feltKick, rim, shaker, woodTick } from '../synth/drums.mjs';
import { withEcho } from '../synth/effects.mjs';
import {
  electricPiano,
  glass,
  glockenspiel,
  harp,
  kalimba,
  nylonGuitar,
  uprightBass,
} from '../synth/struck.mjs';
import { deepBass, flute, warmPad } from '../synth/sustained.mjs';

/** "Premium": a phrase in D that is said, and said again, since premium repeats. */
export function premiumJingle() {
  const song = startSong({
    seed: 901,
    tempo: 112,
    seconds: 10.5,
    room: { seconds: 1.8, dampHertz: 4_500 },
  });
  const chords = readChords('Dadd9 | Bm7 | Gmaj7 | Dadd9', 4);
  const melody = checkConsonance(
    readMelody('A4:1 D5:.5 F#5 A5:2 | A4:1 D5:.5 F#5 A5:2 | B5:1 A5:.5 F#5 D5:2 | D6:4', 4),
    chords,
    scaleOf('D major'),
    2,
  );
  const lead = song.strip({ decibels: -8, send: 0.35 });
  song.play(lead, electricPiano, melody, { ring: 1.2 });
  song.play(lead, glockenspiel, transpose(melody.slice(-4), 12).map(softer(0.4)));
  const wash = song.strip({ decibels: -20, send: 0.3 });
  song.play(wash, warmPad, heldChords(chords, [54, 69], 0.6), { spread: 0.2 });
  const deep = song.strip({ decibels: -9 });
  song.play(deep, deepBass, patternBass(chords, 33, [[0, 3.6, 'root', 0.7]]));
  const pulse = song.strip({ decibels: -1, send: 0.15 });
  song.hit(
    pulse,
    woodTick,
    beatPattern(range(0, 3), 4, [
      [1, 0.5],
      [2, 0.35],
      [3, 0.5],
    ]),
  );
  song.hit(
    pulse,
    feltKick,
    beatPattern(range(0, 3), 4, [
      [0, 0.6],
      [2.5, 0.4],
    ]),
  );
  return song.mix();
}

/** "Wander": a thumb piano that strolls through four chords, a flute that follows. */
export function wanderJingle() {
  const song = startSong({
    seed: 902,
    tempo: 104,
    seconds: 11,
    room: { seconds: 2, dampHertz: 4_500 },
  });
  const chords = readChords('Fmaj9 | Dm9 | Bbmaj9 | Fmaj9', 4);
  const melody = checkConsonance(
    readMelody('r:1 C5:1 A5:1.5 G5:.5 | F5:1.5 E5:.5 A4:2 | D5:1 F5 C5:1.5 D5:.5 | F5:4', 4),
    chords,
    scaleOf('F major'),
    2,
  );
  const stroll = song.strip({
    decibels: -8,
    send: 0.3,
    effect: withEcho({ seconds: 45 / 104, feedback: 0.35 }),
  });
  const running = { figure: [0, 2, 1, 3, 2, 4, 3, 1], step: 0.5, beats: 1, velocity: 0.55 };
  song.play(stroll, kalimba, brokenChords(chords.slice(0, 3), [60, 77], running), { spread: 0.15 });
  song.play(stroll, kalimba, heldChords(chords.slice(3), [60, 77], 0.5), { spread: 0.15 });
  const wind = song.strip({ decibels: -11, send: 0.4 });
  song.play(wind, flute, melody);
  const bass = song.strip({ decibels: -12 });
  song.play(
    bass,
    uprightBass,
    patternBass(chords, 29, [
      [0, 1.9, 'root', 0.75],
      [2, 1.8, 'fifth', 0.6],
    ]),
  );
  const drums = song.strip({ decibels: 3, send: 0.15 });
  song.hit(
    drums,
    shaker,
    beatPattern(
      range(0, 3),
      4,
      [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((at) => [at, 0.45]),
    ),
  );
  song.hit(
    drums,
    rim,
    beatPattern(range(0, 3), 4, [
      [1, 0.35],
      [3, 0.4],
    ]),
  );
  return song.mix();
}

/** "Gift": a music box waltz in G, unwrapped note by note. */
export function giftJingle() {
  const song = startSong({
    seed: 903,
    tempo: 132,
    seconds: 11,
    room: { seconds: 2, dampHertz: 5_000 },
  });
  const chords = readChords('G | Em | C | D7 | C | D7 | G', 3);
  const scale = scaleOf('G major');
  const melody = checkConsonance(
    readMelody('B4:1 D5 G5 | B5:2 G5:1 | E5:1 G5 A5 | F#5:3 | G5:1 E5 C5 | D5:1 F#5 A5 | G5:3', 3),
    chords,
    scale,
    3,
  );
  const box = song.strip({ decibels: -12, send: 0.4 });
  song.play(box, glockenspiel, transpose(melody, 12));
  song.play(box, glass, inParallel(melody.slice(8), scale, -2).map(softer(0.6)), { ring: 1.2 });
  const strings = song.strip({ decibels: -8, send: 0.3 });
  song.play(
    strings,
    harp,
    brokenChords(chords, [50, 67], { figure: [0, 1, 2], step: 1, beats: 2, velocity: 0.5 }),
    { spread: 0.15 },
  );
  song.play(strings, nylonGuitar, patternBass(chords, 38, [[0, 2.8, 'root', 0.6]]));
  return song.mix();
}

function softer(share) {
  return (note) => ({ ...note, velocity: note.velocity * share });
}
