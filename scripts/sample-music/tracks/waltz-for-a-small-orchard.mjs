import {
  checkConsonance,
  readChords,
  readMelody,
  sequence,
  transpose,
} from '../score/notation.mjs';
import {
  brokenChords,
  compedChords,
  heldChords,
  inParallel,
  patternBass,
} from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { eachChannel } from '../synth/bus.mjs';
import { chorus } from '../synth/effects.mjs';
import { peak } from '../synth/filter.mjs';
import { glockenspiel, nylonGuitar, uprightBass } from '../synth/struck.mjs';
import { accordion, flute, strings } from '../synth/sustained.mjs';

/** A waltz in G, A A B A B A, that begins with accordion and guitar and ends with everybody. */
export function waltzForASmallOrchard() {
  const song = startSong({
    seed: 301,
    tempo: 150,
    seconds: 62.5,
    room: { seconds: 1.8, dampHertz: 4_500 },
  });
  const chordsA = readChords('G | D/F# | Em | C | G | C | D7 | G', 3);
  const chordsB = readChords('Em | Bm | C | G | Am | Em | C | D7', 3);
  const chords = sequence([chordsA, chordsA, chordsB, chordsA, chordsB, chordsA], 24);
  const opening =
    'B4:1 D5 G5 | F#5:2 D5:1 | E5:1 G5 B5 | G5:3 | D5:1 G5 B5 | G5:1.5 A5:.5 E5:1 | F#5:1.5 E5:.5 D5:1';
  const a1 = readMelody(`${opening} | D5:3`, 3);
  const a2 = readMelody(`${opening} | G5:3`, 3);
  const b = readMelody(
    'B5:1.5 A5:.5 G5:1 | F#5:2 D5:1 | E5:1.5 F#5:.5 G5:1 | D5:3 | C5:1 E5 A5 | G5:2 E5:1 | E5:1 D5 C5 | D5:2 r:1',
    3,
  );
  const scale = scaleOf('G major');
  const melody = checkConsonance(sequence([a1, a2, b, a2, b, a2], 24), chords, scale, 3);
  const within = (from, until) => melody.filter(({ beat }) => beat >= from && beat < until);

  const mellow = (bus) => eachChannel(bus, (samples) => peak(samples, 2_300, 0.6, -6));
  const reeds = song.strip({ decibels: -10, send: 0.3, effect: mellow });
  song.play(reeds, accordion, [...within(0, 48), ...within(72, 96), ...within(120, 144)], {
    pan: -0.15,
  });
  const wind = song.strip({ decibels: -8.5, send: 0.35 });
  song.play(wind, flute, [...within(48, 72), ...within(96, 120)], { pan: 0.2 });
  song.play(
    wind,
    flute,
    inParallel(within(120, 144), scale, -2).map((note) => ({
      ...note,
      velocity: note.velocity * 0.65,
    })),
    { pan: 0.3 },
  );
  const bells = song.strip({ decibels: -11, send: 0.4 });
  song.play(bells, glockenspiel, transpose([...within(72, 96), ...within(120, 144)], 12), {
    pan: 0.4,
  });

  const guitar = song.strip({ decibels: -7, send: 0.2 });
  const pah = [
    [1, 0.8, 0.5],
    [2, 0.8, 0.44],
  ];
  song.play(
    guitar,
    nylonGuitar,
    compedChords(chords, [55, 72], { patterns: [pah], beatsPerBar: 3, random: song.random }),
    { pan: -0.35 },
  );
  const bass = song.strip({ decibels: -11, send: 0.06 });
  song.play(bass, uprightBass, patternBass(chords, 31, [[0, 1.6, 'root', 0.8]]), { pan: 0.05 });
  const quartet = song.strip({
    decibels: -19,
    send: 0.4,
    effect: (bus) => chorus(bus, { mix: 0.4 }),
  });
  const sung = chords.filter(({ beat }) => beat >= 48);
  song.play(quartet, strings, heldChords(sung, [55, 74], 0.6), { spread: 0.5, ring: 1.05 });

  const close = readChords('G', 3).map((span) => ({ ...span, beat: 144, beats: 6 }));
  song.play(
    guitar,
    nylonGuitar,
    brokenChords(close, [55, 67], {
      figure: [0, 1, 2, 3, 4, 5],
      step: 0.5,
      beats: 4,
      velocity: 0.55,
    }).slice(0, 6),
    { pan: -0.3 },
  );
  song.play(quartet, strings, heldChords(close, [55, 74], 0.45), { spread: 0.5 });
  song.play(bass, uprightBass, [{ beat: 144, beats: 4, midi: 31, velocity: 0.75 }]);
  return song.mix();
}
