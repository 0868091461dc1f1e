import { checkConsonance, readChords, readMelody, sequence } from '../score/notation.mjs';
import { brokenChords, heldChords, patternBass } from '../score/parts.mjs';
import { startSong } from '../score/song.mjs';
import { scaleOf } from '../score/theory.mjs';
import { chorus, withEcho } from '../synth/effects.mjs';
import { electricPiano, glass } from '../synth/struck.mjs';
import { deepBass, pad } from '../synth/sustained.mjs';

/** Ambient in E: pads that breathe once a bar, a few glass notes and their echoes. */
export function harbourLights() {
  const song = startSong({
    seed: 101,
    tempo: 66,
    seconds: 48,
    room: { seconds: 4.2, dampHertz: 2_600, size: 1.25, predelaySeconds: 0.03 },
  });
  const cycle = readChords('Emaj9 | C#m9 | Amaj9 | Badd9', 4);
  const chords = sequence([cycle, cycle, cycle], 16);
  const first = 'r:1 B5:1 G#5:2 | r:1 E5:1 G#5:2 | r:1 E5:1 C#5:2 | r:1 F#5:1 D#5:2';
  const second = 'r:1 B5:1 D#6:2 | B5:2 G#5:2 | r:1 C#6:1 B5:2 | F#5:4';
  const melody = checkConsonance(
    sequence(
      [first, second, first].map((text) => readMelody(text, 4)),
      16,
    ),
    chords,
    scaleOf('E major'),
    2,
  );
  const sky = song.strip({
    decibels: -14,
    send: 0.5,
    effect: (bus) => chorus(bus, { hertz: 0.18, mix: 0.5 }),
  });
  song.play(sky, pad, heldChords(chords, [52, 71], 0.6), { spread: 0.5, ring: 1.12 });
  const bells = song.strip({
    decibels: -10.5,
    send: 0.5,
    effect: withEcho({ seconds: 0.75 * (60 / 66), feedback: 0.5 }),
  });
  song.play(
    bells,
    glass,
    melody.filter(({ beat }) => beat >= 4),
    { spread: 0.3, ring: 1.5, jitterSeconds: 0.02 },
  );
  const deep = song.strip({ decibels: -9, send: 0.1 });
  song.play(deep, deepBass, patternBass(chords, 28, [[0, 3.6, 'root', 0.7]]));
  const keys = song.strip({ decibels: -12, send: 0.6 });
  const ripple = { figure: [null, 0, 2, 4, null, 3, 5, null], step: 0.5, beats: 2, velocity: 0.4 };
  song.play(keys, electricPiano, brokenChords(chords.slice(4), [64, 80], ripple), {
    spread: 0.4,
    jitterSeconds: 0.014,
  });
  return song.mix();
}
