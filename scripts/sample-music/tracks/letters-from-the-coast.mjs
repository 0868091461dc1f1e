import {
  checkConsonance,
  readChords,
  readMelody,
  sequence,
  transpose,
} from '../score/notation.mjs';
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
import { clap, hat, kick, shaker } from '../synth/drums.mjs';
import { autoPan, chorus, duck, withEcho } from '../synth/effects.mjs';
import { glockenspiel, nylonGuitar, steelGuitar } from '../synth/struck.mjs';
import { flute, hollowLead, strings, synthBass, synthPluck, warmPad } from '../synth/sustained.mjs';

/** The tune of "Letters from the Coast" and of its remix: D major, A B A in eights. */
const letters = {
  chordsA: 'D | A | Bm | G | D | G | A | D',
  chordsB: 'Bm | G | D | A | Bm | G | Em | A',
  a: `F#5:1.5 E5:.5 D5:2 | C#5:1 E5 A4:2 | D5:1.5 C#5:.5 B4:1 D5 | D5:1 B4 G4:2
    | A4:1 D5 F#5 A5 | G5:1.5 F#5:.5 D5:2 | E5:1.5 D5:.5 C#5:1 E5 | D5:3 r:1`,
  b: `F#5:1.5 E5:.5 D5:1 F#5 | B5:2 A5:1 G5 | F#5:1.5 E5:.5 D5:2 | E5:3 r:1
    | D5:1 F#5 B5 A5 | G5:1.5 F#5:.5 D5:2 | E5:1 G5 B5:1.5 A5:.5 | A5:3 r:1`,
};

/** Finger-picked steel guitar and a flute. */
export function lettersFromTheCoast() {
  const song = startSong({
    seed: 302,
    tempo: 100,
    seconds: 68,
    room: { seconds: 1.8, dampHertz: 4_500 },
  });
  const intro = readChords('D | D', 4);
  const body = sequence(
    [letters.chordsA, letters.chordsB, letters.chordsA].map((text) => readChords(text, 4)),
    32,
  );
  const tune = sequence(
    [letters.a, letters.b, letters.a].map((text) => readMelody(text, 4)),
    32,
  );
  const scale = scaleOf('D major');
  checkConsonance(tune, body, scale, 2);
  const chords = [...intro, ...body.map((span) => ({ ...span, beat: span.beat + 8 }))];
  const melody = tune.map((note) => ({ ...note, beat: note.beat + 8 }));

  const guitar = song.strip({ decibels: -7.5, send: 0.2 });
  const picking = { figure: [0, 2, 1, 3, 2, 1, 3, 2], step: 0.5, beats: 1.6, velocity: 0.55 };
  song.play(guitar, steelGuitar, brokenChords(chords, [50, 66], picking), {
    pan: -0.2,
    spread: 0.15,
  });
  song.play(
    guitar,
    steelGuitar,
    patternBass(chords, 38, [
      [0, 1.9, 'root', 0.7],
      [2, 1.9, 'fifth', 0.55],
    ]),
    { pan: -0.15 },
  );
  const second = song.strip({ decibels: 1, send: 0.3 });
  const answer = {
    figure: [null, 3, null, 4, null, 5, null, 4],
    step: 0.5,
    beats: 1.2,
    velocity: 0.42,
  };
  song.play(
    second,
    nylonGuitar,
    brokenChords(
      chords.filter(({ beat }) => beat >= 40),
      [55, 70],
      answer,
    ),
    { pan: 0.4 },
  );

  const wind = song.strip({ decibels: -9, send: 0.4 });
  song.play(wind, flute, melody, { pan: 0.1, ring: 1.02, jitterSeconds: 0.01 });
  const again = melody.filter(({ beat }) => beat >= 72);
  const low = song.strip({ decibels: -19, send: 0.45 });
  song.play(low, strings, inParallel(again, scale, -5), { pan: -0.25 });
  song.play(
    low,
    strings,
    heldChords(
      chords.filter(({ beat }) => beat >= 72),
      [50, 67],
      0.42,
    ),
    { spread: 0.4 },
  );

  const close = readChords('Dadd9', 4).map((span) => ({ ...span, beat: 104, beats: 4 }));
  song.play(
    guitar,
    steelGuitar,
    brokenChords(close, [50, 66], {
      figure: [0, 1, 2, 3, 4, 5],
      step: 0.5,
      beats: 5,
      velocity: 0.5,
    }).slice(0, 6),
    { pan: -0.1 },
  );
  song.play(guitar, steelGuitar, [{ beat: 104, beats: 5, midi: 38, velocity: 0.6 }]);
  return song.mix();
}

/** The same letters, sent from a city: synth-pop at 116. */
export function lettersFromTheCoastRemix() {
  const song = startSong({
    seed: 304,
    tempo: 116,
    seconds: 73,
    room: { seconds: 1.7, dampHertz: 6_000 },
  });
  const intro = readChords('D | A | Bm | G', 4);
  const body = sequence(
    [letters.chordsA, letters.chordsB, letters.chordsA].map((text) => readChords(text, 4)),
    32,
  );
  const coda = readChords('D | A | Bm | G', 4);
  const later = (spans, beats) => spans.map((span) => ({ ...span, beat: span.beat + beats }));
  const chords = [...intro, ...later(body, 16), ...later(coda, 112)];
  const scale = scaleOf('D major');
  const tune = sequence(
    [letters.a, letters.b, letters.a].map((text) => readMelody(text, 4)),
    32,
  );
  const melody = later(checkConsonance(tune, body, scale, 2), 16);
  const kicks = beatPattern(range(4, 32), 4, [
    [0, 0.85],
    [1, 0.8],
    [2, 0.85],
    [3, 0.8],
  ]);
  const pump = (depth) => (bus) =>
    duck(
      bus,
      kicks.map(({ beat }) => song.secondsAt(beat)),
      { depth, recoverSeconds: 0.3 },
    );

  const wash = song.strip({
    decibels: -17,
    send: 0.3,
    effect: (bus) => pump(0.55)(chorus(bus, { mix: 0.5 })),
  });
  song.play(wash, warmPad, heldChords(chords, [52, 70], 0.7), { spread: 0.6, ring: 1.02 });
  const echo = withEcho({ seconds: 45 / 116, feedback: 0.42, level: 0.4 });
  const arpeggio = song.strip({ decibels: -4.5, send: 0.2, effect: (bus) => pump(0.3)(echo(bus)) });
  const running = { figure: [0, 2, 1, 3, 2, 4, 3, 5], step: 0.5, beats: 0.4, velocity: 0.6 };
  song.play(arpeggio, synthPluck, brokenChords(chords, [62, 79], running), {
    spread: 0.6,
    jitterSeconds: 0.002,
  });
  const lead = song.strip({
    decibels: -9,
    send: 0.3,
    effect: (bus) => autoPan(echo(bus), { hertz: 0.3, depth: 0.1 }),
  });
  song.play(lead, hollowLead, melody, { ring: 0.96, jitterSeconds: 0.003 });
  song.play(
    lead,
    hollowLead,
    inParallel(
      melody.filter(({ beat }) => beat >= 80),
      scale,
      -2,
    ).map((note) => ({ ...note, velocity: note.velocity * 0.55 })),
    { pan: -0.4, jitterSeconds: 0.003 },
  );
  const bells = song.strip({ decibels: -11, send: 0.4 });
  song.play(
    bells,
    glockenspiel,
    transpose(
      melody.filter(({ beat }) => beat >= 80),
      12,
    ),
    { pan: 0.35, jitterSeconds: 0.003 },
  );

  const bass = song.strip({ decibels: -8.5, send: 0.02, effect: pump(0.45) });
  const octaves = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((at) => [
    at,
    0.42,
    at % 1 === 0 ? 'root' : 'octave',
    at % 1 === 0 ? 0.8 : 0.55,
  ]);
  song.play(
    bass,
    synthBass,
    patternBass(
      chords.filter(({ beat }) => beat >= 16),
      33,
      octaves,
    ),
    { jitterSeconds: 0.001 },
  );

  const drums = song.strip({ decibels: -5.5, send: 0.06 });
  song.hit(drums, kick, kicks, { jitterSeconds: 0 });
  const backbeat = [
    [1, 0.75],
    [3, 0.8],
  ];
  song.hit(drums, clap, beatPattern([...range(6, 12), ...range(12, 32)], 4, backbeat), {
    pan: 0.05,
    jitterSeconds: 0.002,
  });
  song.hit(
    drums,
    hat,
    beatPattern(range(2, 32), 4, [
      [0.5, 0.8],
      [1.5, 0.8],
      [2.5, 0.8],
      [3.5, 0.85],
    ]),
    { pan: -0.2, jitterSeconds: 0.002 },
  );
  song.hit(
    drums,
    shaker,
    beatPattern(
      range(12, 32),
      4,
      [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((at) => [at, 0.5]),
    ),
    { pan: 0.3, jitterSeconds: 0.003 },
  );

  const close = readChords('D', 4).map((span) => ({ ...span, beat: 128, beats: 5 }));
  song.play(wash, warmPad, heldChords(close, [52, 70], 0.7), { spread: 0.6 });
  song.play(
    bells,
    glockenspiel,
    readMelody('A5:1 D6:3', 4).map((note) => ({ ...note, beat: note.beat + 128 })),
    { pan: 0.3 },
  );
  song.play(bass, synthBass, [{ beat: 128, beats: 4, midi: 38, velocity: 0.7 }]);
  return song.mix();
}
